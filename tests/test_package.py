"""The wheel holds the catalogue and works outside of the checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

from tests.conftest import ROOT


def test_the_wheel_ships_standards_and_types(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])",
        str(tmp_path),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("share/man/man1/gri-index-build.1") for name in names)
    assert "gri_index/standards/catalogue.xsd" in names and "gri_index/py.typed" in names
    assert {"gri_index/desk/static/htmx.min.js", "gri_index/desk/static/htmx.LICENSE", "gri_index/writers/page.css"} <= set(names)
    assert sum(name.startswith("gri_index/standards/gri/") for name in names) == len(
        list((ROOT / "standards" / "gri").glob("*.xml"))
    )
    assert not [name for name in names if name.startswith(("tests/", "tools/", "benchmarks/", "standards/"))]
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    program = "from gri_index import load_catalogue; import gri_index; print(gri_index.__file__, len(load_catalogue().standards))"
    out = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path / "installed", check=True, capture_output=True, text=True
    ).stdout
    assert str(tmp_path) in out and out.strip().endswith(" 50")
