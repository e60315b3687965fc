"""Reads a plan written elsewhere, and checks it.

Bytes become lines (`source`: `word`, `web`, `pdf`); of the lines is told what the document is (`kinds`,
`places`), its tree (`contents`, `headings`, `areas`) and what it says (`commitments`, `figures`, `fora`);
`check` tells what looks wrong; `reading.read` gives the whole as rows for JSON.

The reader reports and proposes; it never corrects, merges or drops. No rule is keyed to a file.
"""
