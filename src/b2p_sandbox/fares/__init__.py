"""What a journey or a product costs, and what is on sale."""
