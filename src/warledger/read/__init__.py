"""Room 2, read: sentences, mentions of actors, places, times and numbers, and who says what."""
