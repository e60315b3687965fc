"""Request -> one call -> response: a file per concept."""
