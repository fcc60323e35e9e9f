"""Agenturclient: travel agencies sell Swiss rail tickets."""
