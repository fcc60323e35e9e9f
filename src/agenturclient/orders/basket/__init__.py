"""The basket: what is in an order before anything is held."""
