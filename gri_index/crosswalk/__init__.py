"""Other frameworks.

``data`` reads their crosswalks, ``mapping`` one of the user's own; ``references`` finds their codes in a report,
``reverse`` says where an index serves their items, ``between`` where two of them meet.
"""

from gri_index.crosswalk.between import between
from gri_index.crosswalk.data import frameworks, load_crosswalk
from gri_index.crosswalk.mapping import read_mapping
from gri_index.crosswalk.references import item_tags, places, same_codes, torn, unread
from gri_index.crosswalk.reverse import reverse, with_frameworks

__all__ = [
    "between",
    "frameworks",
    "item_tags",
    "load_crosswalk",
    "places",
    "read_mapping",
    "reverse",
    "same_codes",
    "torn",
    "unread",
    "with_frameworks",
]
