"""Shape of input only; a file per concept."""
