"""Pages anyone may read, in HTML. A file for each thing they are about; `frame` shows them all."""
