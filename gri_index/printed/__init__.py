"""Reads the content index that a document prints already, whatever its layout and format.

Each format yields *lines*: cells in their order with the page they stand on (``lines``;
``geometry`` makes them of the words and rules of a PDF page). ``columns`` tells what the
columns hold, ``rows`` reads lines into rows, ``places`` reads page numbers from a
location, ``omissions`` what a cell says is left out. Everything here is pure.
"""
