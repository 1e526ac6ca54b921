"""The weights of recognition: data, fitted on reports by the commands ``benchmarks/fit_parts`` and ``benchmarks/fit_columns``."""

import json
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("weights.json")


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weights of each model by the names of its traits."""
    fitted: dict[str, dict[str, float]] = json.loads(FILE.read_text(encoding="utf-8"))
    return fitted


def put_weights(model: str, fitted: dict[str, float]) -> None:
    """Writes the weights of one model into the program."""
    weights()[model] = fitted
    FILE.write_text(json.dumps(weights(), indent=1, sort_keys=True) + "\n", encoding="utf-8")
