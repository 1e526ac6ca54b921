"""The desk: the work on one report as a local page in the browser.

``folder`` knows the files, ``work`` calls the same functions as the command line, ``toml_form`` turns
the profile into fields and back, ``pages`` writes what is seen, ``guard`` lets nobody else in, and
``app`` brings them together. All that is entered stands in the folder: gri-index.toml,
content-index.xlsx and suggestions.xlsx, each whole, written when it is entered.
"""
