"""What a figure looks like in a sentence, and what it is worth; a file for each sort of figure."""
