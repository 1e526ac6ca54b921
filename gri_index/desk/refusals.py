"""Why the desk did not do something, in the language of its pages."""

from gri_index.errors import InputError
from gri_index.language.labels import Labels, load_labels


class DeskError(InputError):
    """A step that was not done. ``why``: end of the id of the label "desk-no-…" that says it."""

    def __init__(self, why: str, **facts: str) -> None:
        self.label, self.facts = f"desk-no-{why}", facts
        super().__init__(self.said(load_labels()))

    def said(self, labels: Labels) -> str:
        """The words in a language."""
        return labels.text(self.label, **self.facts)


class ChangedError(DeskError):
    """What was entered was meant for something that has changed meanwhile."""
