"""The package as a whole: types, size, import time, and what is generated."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

import datawall as dw
from datawall import _binary

PYTHON = Path(__file__).resolve().parents[1]
PACKAGE = PYTHON / "src" / "datawall"
GENERATED = {"_options.py", "_records.py"}
STORES = {"stores.py"}
ENGINES = {"job.py", "local.py", "mirror.py", "ray.py", "slurm.py", "spark.py"}


def test_options_and_records_are_those_of_the_command_and_its_schemas() -> None:
    subprocess.run([sys.executable, PYTHON / "tools" / "generate.py", _binary.command(), "--check"], check=True)


def test_the_version_is_the_librarys() -> None:
    (swift,) = (PYTHON.parent / "Sources").rglob("DataWallVersion.swift")
    assert f'"{dw.__version__}"' in swift.read_text()


def test_what_is_written_by_hand_stays_small() -> None:
    lines = {path.name: len(path.read_text().splitlines()) for path in PACKAGE.glob("*.py")}
    assert sum(count for name, count in lines.items() if name not in GENERATED | ENGINES | STORES) <= 1500
    # Stores have a limit of their own, in addition to the package's.
    assert lines["stores.py"] <= 240
    assert all(lines[name] <= 150 for name in ENGINES - {"job.py"})


def test_importing_the_package_takes_less_than_50_milliseconds() -> None:
    program = "import time; start = time.process_time(); import datawall; print(time.process_time() - start)"
    taken = [float(subprocess.check_output([sys.executable, "-c", program])) for _ in range(5)]
    assert statistics.median(taken) <= 0.05


@pytest.mark.parametrize("words", [["pyright"], ["ruff", "check"], ["ruff", "format", "--check"]])
def test_types_and_style_are_clean(words: list[str]) -> None:
    tool = shutil.which(words[0], path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip(f"{words[0]} is not installed")
    done = subprocess.run([tool, *words[1:]], cwd=PYTHON, stdout=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stdout
