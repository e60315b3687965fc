"""What can happen around the fora: a file per concept."""
