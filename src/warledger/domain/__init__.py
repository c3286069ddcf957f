"""The values that the rooms hand on: frozen attrs classes, standard library and attrs only, no I/O."""
