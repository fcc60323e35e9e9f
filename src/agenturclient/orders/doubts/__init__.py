"""Orders in doubt: the operator's two ways out, from what SBB's care says."""
