"""Places: the stations the product knows at once, and how typed text finds them."""
