"""The working list: the sheet that an author edits, and how its entries come back.

``state`` is what the workbook remembers of what the program wrote; ``rows`` pairs the rows of list and index; ``sheet`` writes the
list, ``read`` reads it, ``apply`` puts its entries into the profile and says what became
of them. A row may be sorted, filtered, retyped and moved: only what differs from the
program's own counts as an entry.
"""
