"""What was released, and nothing else: every page and the JSON read through here."""
