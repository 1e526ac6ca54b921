"""The printed index as PDF: the Word file, laid out by LibreOffice where it is installed.

The one format whose bytes are not the same each time: LibreOffice writes the time into them.
"""

from gri_index.language.labels import Labels
from gri_index.office import as_pdf
from gri_index.writers import word
from gri_index.writers.contents import Contents


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The .pdf of the printed index. Raises OutputError where no LibreOffice is found, or it fails."""
    hint = "Install it, or build without --format pdf and save the Word file as PDF."
    return as_pdf(word.write(contents, labels, template, publish), "PDF", hint)
