"""Errors that a user can act on, each with its exit code and the next step."""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line; a stable contract (docs/reference/exit-codes.md)."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    INPUT = 3
    CATALOGUE = 4
    OUTPUT = 5
    BUG = 70
    INTERRUPTED = 130


class GriIndexError(Exception):
    """Root of all errors raised on purpose.

    The message names the file and what is wrong; ``hint`` says what to do next.
    """

    exit_code = ExitCode.BUG

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(GriIndexError):
    """A report or profile cannot be read."""

    exit_code = ExitCode.INPUT


class CatalogueError(GriIndexError):
    """A file of the catalogue of Standards is broken."""

    exit_code = ExitCode.CATALOGUE


class OutputError(GriIndexError):
    """A result cannot be written."""

    exit_code = ExitCode.OUTPUT


class ChangedMeanwhileError(OutputError):
    """A file that was read was saved by somebody else before the new one could take its place."""


class TagSyntaxError(ValueError):
    """A text is no disclosure tag (raised by the tag grammar)."""
