"""Tables that people keep in spreadsheets and print in reports.

``grid`` reads the sheets of a workbook as cells; ``heads`` tells what a column is by its
head, in any language; ``dates`` finds the disclosure number that a spreadsheet took for
a date. Nothing here knows what a row means.
"""
