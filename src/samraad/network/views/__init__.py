"""Pages around the fora: a file per concept."""
