"""What a report prints about itself: which of its parts are a content index, and what the rows of that index say.

``report`` reads files and marks their parts (``parts``). ``extract`` reads the printed
index: each format yields *lines*, cells in their order with the page they stand on
(``lines``; ``geometry`` makes them of the words and rules of a PDF page). ``rows`` reads
lines into rows, ``places`` reads page numbers from a location, ``omissions`` what a cell
says is left out. ``statements`` makes a profile of it, ``resolve`` finds the sections that
a location names. Everything here is pure.
"""
