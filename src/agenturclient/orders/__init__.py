"""Orders: what one customer buys in one go, sold exactly once."""
