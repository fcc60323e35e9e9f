"""Holding: prebooking what is in the basket, ours alone for 30 minutes."""
