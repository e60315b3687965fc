"""How many are on no list at all: capture-recapture from two lists or more, always as a range.

from evidens.capture.dark import capture
capture(histories, counts).sentence()
"""
