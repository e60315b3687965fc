"""`python -m evidens.cli`."""

from evidens.cli import entry

if __name__ == "__main__":
    entry()
