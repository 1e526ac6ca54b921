"""The printed index as PDF: the Word file, laid out by LibreOffice where it is installed.

The one format whose bytes are not the same each time: LibreOffice writes the time into them.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from gri_index.errors import OutputError
from gri_index.language.labels import Labels
from gri_index.writers import word
from gri_index.writers.contents import Contents

_TIMEOUT = 180  # seconds; an index of six pages takes three
_PROGRAMS = ("soffice", "libreoffice")
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"


def write(contents: Contents, labels: Labels, template: bytes | None, publish: bool) -> bytes:
    """The .pdf of the printed index. Raises OutputError where no LibreOffice is found, or it fails."""
    program = next(filter(None, map(shutil.which, (*_PROGRAMS, _MAC))), None)
    if program is None:
        raise OutputError(
            "PDF: LibreOffice is not installed, or its soffice is not on the PATH",
            hint="Install it, or build without --format pdf and save the Word file as PDF.",
        )
    with tempfile.TemporaryDirectory(prefix="gri-index-") as folder:
        source = Path(folder) / "index.docx"
        source.write_bytes(word.write(contents, labels, template, publish))
        own = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"  # beside a LibreOffice that is open
        command = [program, own, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise OutputError(
                "PDF: LibreOffice made none of the Word file", hint="Open the Word file and save it as PDF."
            ) from None
