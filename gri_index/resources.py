"""Where the data files of the package lie: ``standards/`` beside the code or inside the wheel."""

from functools import cache
from pathlib import Path

from lxml import etree

from gri_index.errors import CatalogueError


@cache
def standards_root() -> Path:
    """The folder of the catalogue, in a wheel as in a checkout."""
    packaged = Path(__file__).resolve().parent / "standards"
    return packaged if packaged.is_dir() else packaged.parent.parent / "standards"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(standards_root() / "catalogue.xsd")))


def load_xml(path: Path) -> etree._Element:
    """The root of a data file, valid against catalogue.xsd.

    Raises CatalogueError naming file and line.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise CatalogueError(
            f"{path.name}: cannot be read", hint="Install the program again, or check the folder's rights."
        ) from None
    return parse_data(content, path.name)


def parse_data(content: bytes, name: str) -> etree._Element:
    """The same of a file's bytes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CatalogueError(
            f"{name}, line {error.lineno}: {error.msg}", hint="Mend the file; CONTRIBUTING describes its form."
        ) from None
    tree = root.getroottree()
    schema = _schema()
    if any(node.tag is etree.Entity for node in tree.iter()):  # kept as it stands, which the schema cannot take
        raise CatalogueError(f"{name}: holds an entity, which data files never do", hint="Write the characters themselves.")
    if not schema.validate(tree):
        fault = next(iter(schema.error_log))  # type: ignore[call-overload]  # the stubs lack __iter__
        raise CatalogueError(
            f"{name}, line {fault.line}: {fault.message}", hint="Mend the file; CONTRIBUTING describes its form."
        )
    return root
