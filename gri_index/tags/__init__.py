"""The tag grammar, one for all carriers.

``grammar`` reads a run of disclosure codes and knows nothing of where it stands;
``inline`` finds runs in running text and tells tags from mentions. Both are pure.
"""

from gri_index.tags.grammar import Run, format_reference, parse_marker, scan, shaped
from gri_index.tags.inline import SUSPECT, UNCLOSED, Found, decide, find_inline, is_margin_note, strip_tags

__all__ = [
    "SUSPECT",
    "UNCLOSED",
    "Found",
    "Run",
    "decide",
    "find_inline",
    "format_reference",
    "is_margin_note",
    "parse_marker",
    "scan",
    "shaped",
    "strip_tags",
]
