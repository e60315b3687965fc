"""What can happen to a commitment and to a duty: a file per concept."""
