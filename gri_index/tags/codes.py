"""The shapes of GRI's numbers, made once from the Standards that the catalogue holds."""

from functools import cache

from gri_index.resources import standards_root


@cache
def standard_number() -> str:
    """A regular expression for the number of a Standard that has disclosures: 2, 3, 302.

    Each ten in which there are Standards counts as a whole, so that 309-1 is read and
    named as a number that no Standard has. GRI 1 has requirements and no disclosures,
    the Sector Standards (11 to 19) have reference numbers.
    """
    numbers = {int(path.stem.split("-")[1]) for path in (standards_root() / "gri").glob("gri-*-*.xml")}
    tens: dict[int, list[int]] = {}
    for number in sorted(number for number in numbers if number > 99):
        tens.setdefault(number // 10, []).append(number % 10)
    universal = "".join(str(number) for number in sorted(numbers) if 1 < number < 10)
    return "|".join([f"[{universal}]", *(rf"{ten}\d" if 0 in last else f"{ten}[1-9]" for ten, last in tens.items())])
