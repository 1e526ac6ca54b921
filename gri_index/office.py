"""LibreOffice, where it is installed: lays a Word file out as PDF.

It runs beside a LibreOffice that is open (a profile of its own), on a copy from which everything that
would be fetched from elsewhere is taken out, and with a limit of time.
"""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from gri_index.errors import OutputError

_TIMEOUT = 180  # seconds; an index of six pages takes three, a report of a hundred ten
_PROGRAMS = ("soffice", "libreoffice")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_OUTSIDE = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")  # ISO 29500-2, 8.3.3


def as_pdf(word: bytes, what: str, hint: str) -> bytes:
    """The Word file as PDF. Raises OutputError, with ``what`` was wanted and a ``hint``, where no LibreOffice is found, or it fails."""
    program = next(filter(None, map(shutil.which, (*_PROGRAMS, _MAC))), None)
    if program is None:
        raise OutputError(f"{what}: LibreOffice is not installed, or its soffice is not on the PATH", hint=hint)
    with tempfile.TemporaryDirectory(prefix="gri-index-") as folder:
        source = Path(folder) / "index.docx"
        source.write_bytes(_alone(word))
        own = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [program, own, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise OutputError(f"{what}: LibreOffice made none of the Word file", hint=hint) from None


def _alone(word: bytes) -> bytes:
    """The file without pictures, templates and objects that lie outside of it: nothing is fetched."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in package.infolist():
            part = package.read(entry)
            if entry.filename.endswith(".rels"):
                part = _OUTSIDE.sub(lambda relation: _harmless(relation[0]), part)
            target.writestr(entry.filename, part)
    return out.getvalue()


def _harmless(relation: bytes) -> bytes:
    if b'"External"' not in relation or b"/hyperlink" in relation:
        return relation
    return re.sub(rb'Target="[^"]*"', b'Target="about:blank"', relation)
