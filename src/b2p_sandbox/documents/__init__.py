"""Tickets as PDF, HTML and wallet pass; all marked SPECIMEN."""
