"""Copies of what was drawn or begun, whole and never changed: questions, and simulated sessions."""
