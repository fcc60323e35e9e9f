"""Looking: connections, prices, products, offers; shared where sharing is right, counted for SBB's look-to-book."""
