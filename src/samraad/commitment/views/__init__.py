"""Pages of commitments and of the wheel's duties."""
