"""Mixes what an embedding model says into the scores: for authors who have one in a folder.

The extra ``gri-index[semantic]`` brings the reader of such models (model2vec: static vectors
of words, no network, no graphics card). Nothing is ever downloaded.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from gri_index.errors import InputError
from gri_index.suggest.terms import Sort
from gri_index.suggest.traits import Field, Place

WEIGHT = 0.2  # of the model in the mixture
_LONGEST = 4_000  # characters of a section that are read
_WORDS = 12  # phrases that describe a disclosure


class Encoder(Protocol):
    """What a model has to do."""

    def encode(self, sentences: list[str]) -> Any:
        """A vector for each text: rows of numbers."""


def load_encoder(folder: Path) -> Encoder:
    """The model in a folder. Raises InputError where the extra is not installed, or the folder holds no model."""
    try:
        package = import_module("model2vec")
    except ImportError:
        raise InputError(
            "the reader of embedding models is not installed", hint="Install it with: pip install 'gri-index[semantic]'"
        ) from None
    if not (folder / "config.json").is_file():
        raise InputError(
            f"{folder.name}: no embedding model (config.json is missing)", hint="Name the folder of a model2vec model."
        )
    try:
        encoder: Encoder = package.StaticModel.from_pretrained(str(folder))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder.name}: not a model2vec model ({error})"[:200], hint="Save the model again.") from None
    return encoder


def mixed(
    scores: Sequence[Mapping[int, float]], encoder: Encoder, field: Field, several: Sequence[Place], weight: float
) -> list[dict[int, float]]:
    """The scores with the nearness of section and description by the model: a weighted sum, 0 to 1."""
    wanted = [_unit(row) for row in encoder.encode([_description(field, at) for at in range(len(field.keys))])]
    texts = [_unit(row) for row in encoder.encode([_text(place) for place in several])]
    found = []
    for here, text in zip(scores, texts, strict=True):
        near = [max(0.0, sum(one * other for one, other in zip(text, each, strict=True))) for each in wanted]
        found.append({at: (1 - weight) * here.get(at, 0.0) + weight * share for at, share in enumerate(near)})
    return found


def _unit(row: Any) -> list[float]:
    """A vector of length 1; one of nothing where the model knows no word."""
    values = [float(each) for each in row]
    length = sum(each * each for each in values) ** 0.5
    return [each / length for each in values] if length else values


def _description(field: Field, at: int) -> str:
    return ". ".join(_phrases(field, at))


def _phrases(field: Field, at: int) -> Iterator[str]:
    """The headings and terms of a disclosure."""
    count = 0
    for phrase, owners in zip(field.terms.phrases, field.owned, strict=True):
        if count < _WORDS and any(owner == at and sort in (Sort.HEADING, Sort.TERM) for owner, sort in owners):
            count += 1
            yield phrase.text


def _text(place: Place) -> str:
    return "\n".join([place.section.title, *(block.text for block in place.blocks)])[:_LONGEST]
