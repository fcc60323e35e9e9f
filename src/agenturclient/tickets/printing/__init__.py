"""Putting tickets together for print."""
