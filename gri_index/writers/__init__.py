"""Writers turn results into files; one file per format.

Contract: ``write(contents, labels, template, publish) -> bytes``; the same input gives
the same bytes (but for PDF). To add a format, write the function and add one line to ``WRITERS``; it
is imported on first use. ``layout`` holds what Word and Excel have in common.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from gri_index.language.labels import Labels
from gri_index.writers.contents import Contents

Write = Callable[[Contents, Labels, bytes | None, bool], bytes]


@dataclass(frozen=True, slots=True)
class WriterSpec:
    """One output format."""

    function: str  # "module:function", imported on first use
    per_language: bool = True  # one file per language, named by the profile
    stem: str = ""  # file name of a format that has one of its own
    suffix: str = ""  # where that is not the name of the format
    private: bool = False  # never published

    def load(self) -> Write:
        """The writer's function."""
        module, _, function = self.function.partition(":")
        write: Write = getattr(import_module(module), function)
        return write


WRITERS = {
    "docx": WriterSpec("gri_index.writers.word:write"),
    "xlsx": WriterSpec("gri_index.writers.excel:write"),
    "csv": WriterSpec("gri_index.writers.csv:write"),
    "txt": WriterSpec("gri_index.writers.tabbed:write"),
    "html": WriterSpec("gri_index.writers.html:write"),
    "status": WriterSpec("gri_index.writers.html_status:write", per_language=False, stem="status", suffix="html", private=True),
    "md": WriterSpec("gri_index.writers.markdown:write"),
    "pdf": WriterSpec("gri_index.writers.pdf:write"),
    "json": WriterSpec("gri_index.writers.json:write", per_language=False, stem="index"),
}
