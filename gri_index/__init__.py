"""GRI content indexes from the disclosure tags in a sustainability report.

The names below are the library's public surface; everything else may move.
They are imported on first use, so that ``import gri_index`` costs nothing.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = [
    "Catalogue",
    "ContentIndex",
    "InputFile",
    "Outputs",
    "Profile",
    "Report",
    "__version__",
    "audit",
    "build",
    "load_catalogue",
    "read_profile",
    "read_report",
]

_HOMES = {
    "Catalogue": "gri_index.model.standards",
    "ContentIndex": "gri_index.model.index",
    "InputFile": "gri_index.readers",
    "Outputs": "gri_index.pipeline",
    "Profile": "gri_index.model.profile",
    "Report": "gri_index.model.report",
    "audit": "gri_index.pipeline",
    "build": "gri_index.pipeline",
    "load_catalogue": "gri_index.catalogue",
    "read_profile": "gri_index.profile",
    "read_report": "gri_index.extraction.report",
}

if TYPE_CHECKING:
    from gri_index.catalogue import load_catalogue
    from gri_index.extraction.report import read_report
    from gri_index.model.index import ContentIndex
    from gri_index.model.profile import Profile
    from gri_index.model.report import Report
    from gri_index.model.standards import Catalogue
    from gri_index.pipeline import Outputs, audit, build
    from gri_index.profile import read_profile
    from gri_index.readers import InputFile


def __getattr__(name: str) -> object:
    """Import a public name from its module on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'gri_index' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
