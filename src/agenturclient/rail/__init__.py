"""The supplier: what we ask of it in our own words (`port`, `errors`, `settings`), and `b2p`, which asks SBB's B2P."""
