"""Shape of input only; no rules, no save: a file per concept."""
