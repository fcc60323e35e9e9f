"""A stand-in for SBB's B2P service: its own application, imports nothing of agenturclient."""
