"""How the supplier is at this moment, and what it wants sellers to know."""
