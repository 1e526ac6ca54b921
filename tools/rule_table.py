"""Writes the table of rules into the README.

python -m tools.rule_table
"""

from pathlib import Path

from gri_index.checks import rules

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- rules -->\n", "<!-- /rules -->"


def table() -> str:
    """One line per rule: code, name, severity, what it finds, clause."""
    lines = ["| code | name | severity | finds | clause |", "|---|---|---|---|---|"]
    for each in rules():
        first = " ".join(each.manual.strip().split("\n\n")[0].split()).rstrip(".")
        lines.append(f"| {each.code} | {each.name} | {each.severity.value} | {first} | {each.clause} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    README.write_text(before + BEGIN + table() + rest[rest.index(END) :], encoding="utf-8")


if __name__ == "__main__":
    main()
