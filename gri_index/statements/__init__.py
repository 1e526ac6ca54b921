"""Statements of use as reports print them, in any language (GRI 1: Foundation 2021, Requirement 8).

``dates`` reads dates in words and figures; ``use`` finds what a text claims.
"""

from gri_index.statements.dates import find_dates, find_period
from gri_index.statements.use import Statement, find_statements

__all__ = ["Statement", "find_dates", "find_period", "find_statements"]
