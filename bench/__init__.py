"""Measurements of this course against an empty page, side by side, under the same server."""
