"""Reading orders: one by its number, and lists."""
