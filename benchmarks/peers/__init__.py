"""The jobs of `figures.py`, each against a named peer."""
