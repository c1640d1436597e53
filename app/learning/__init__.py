"""Reading, progress, completion."""
