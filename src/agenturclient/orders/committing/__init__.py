"""Ending a booking's pending time early."""
