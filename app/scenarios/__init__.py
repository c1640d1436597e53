"""Simulated sessions: led, repaired, led again, and talked over."""
