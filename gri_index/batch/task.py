"""What goes into a batch: plain values, so that any process can be handed them."""

import datetime
from dataclasses import dataclass

from gri_index.model.batch import Job
from gri_index.readers import InputFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is the same for all reports. ``day``: whose Standards count where a profile states no publication."""

    job: Job
    day: datetime.date
    formats: tuple[str, ...] = ()
    publish: bool = False
    seconds: float = 0  # that one report may take; 0: any


@dataclass(frozen=True, slots=True)
class Task:
    """One report: its name in the batch, its files, its profile, and the working list of an earlier run."""

    name: str
    files: tuple[InputFile, ...]
    profile: InputFile | None = None
    working: InputFile | None = None
