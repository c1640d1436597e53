"""Institutes: who hosts groups here, with which staff, look and rules."""
