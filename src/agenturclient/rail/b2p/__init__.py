"""SBB's B2P, version 3.20.23: the only package that knows its field names."""
