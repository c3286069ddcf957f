"""Text encoders that feed the coding room."""
