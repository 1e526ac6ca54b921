"""The proof of a report, read: a PDF of the author's, or what LibreOffice makes of the Word file."""

from gri_index.errors import InputError
from gri_index.office import as_pdf
from gri_index.pagination.apply import Proof
from gri_index.readers import InputFile, read_file
from gri_index.readers.pdf import read_page_lines

RENDERED = "LibreOffice"


def read_proof(file: InputFile) -> Proof:
    """The pages of a PDF with their printed numbers. Raises InputError for another file, and one without text."""
    if not file.name.lower().endswith(".pdf"):
        raise InputError(f"{file.name}: pages are read from a PDF of the report", hint="Save the report as PDF, and name that.")
    report = read_file(file.name, file.content)
    pages = read_page_lines(file.content, file.name)
    if not any(line.strip() for page in pages for line in page):
        raise InputError(f"{file.name}: scanned pages without text", hint="Name a PDF whose text can be selected.")
    return Proof(file.name, pages, {page.number: page.label for page in report.pages})


def rendered(file: InputFile) -> Proof:
    """The pages of a Word file as LibreOffice lays it out. Raises InputError, and OutputError where there is no LibreOffice."""
    if not file.name.lower().endswith((".docx", ".docm")):
        raise InputError(f"{file.name}: only a Word file can be laid out", hint="Name its PDF with --pages-from.")
    hint = "Install it, save the report as PDF and name that with --pages-from, or open and save it once in Word."
    found = read_proof(InputFile("rendered.pdf", as_pdf(file.content, f"{file.name}: its pages", hint)))
    return Proof(RENDERED, found.pages, found.labels)
