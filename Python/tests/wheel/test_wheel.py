"""The wheel, installed where nothing else is. `make test-wheel` builds it and runs these."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

WHEELS = os.environ.get("DATAWALL_WHEELS")
pytestmark = pytest.mark.skipif(WHEELS is None, reason="make test-wheel builds the wheel")
PROGRAM = "import datawall as dw, sys; print(dw.audit(sys.argv[1]).totals.unique_units, dw.__version__)"


@pytest.fixture(scope="session")
def wheel() -> Path:
    (found,) = Path(WHEELS or "").glob("*.whl")
    return found


@pytest.fixture(scope="session")
def binary(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as packed:
        path = Path(packed.extract("datawall/bin/datawall", folder))
        assert packed.getinfo("datawall/bin/datawall").external_attr >> 16 & 0o111 == 0o111, "the run bit is lost"
    path.chmod(0o755)
    return path


def test_the_wheel_is_small_and_names_its_platforms(wheel: Path) -> None:
    assert wheel.stat().st_size <= 30e6
    assert wheel.name.endswith("-py3-none-manylinux_2_17_x86_64.musllinux_1_1_x86_64.whl")


def test_the_wheel_carries_the_licences_of_what_it_contains(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = {Path(name).name for name in packed.namelist() if "dist-info/licenses" in name}
    assert names >= {"LICENSE", "NOTICE", "LGPL-2.1", "Unicode", "Yams", "libc6-dev", "libzstd-dev", "swift"}


@pytest.mark.parametrize("platform", ["manylinux_2_17_x86_64", "musllinux_1_1_x86_64"])
def test_pip_finds_the_wheel_for_any_c_library(wheel: Path, tmp_path: Path, platform: str) -> None:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-index", "--find-links", str(wheel.parent)]
    for version in ("3.9", "3.14"):
        wanted = ["--only-binary=:all:", "--platform", platform, "--python-version", version, "-d", str(tmp_path)]
        subprocess.run([*pip, *wanted, "datawall"], check=True)


def test_the_command_needs_nothing_but_proc(binary: Path, shards: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(shards, root / "shards")
    (root / "proc").mkdir()
    (root / "tmp").mkdir()
    shutil.copy(binary, root / "datawall")
    space = ["unshare", "--mount", "--map-root-user", "sh", "-ec", 'mount -R /proc "$0/proc"; exec chroot "$0" "$@"']
    if subprocess.run([*space[:3], "true"], stderr=subprocess.DEVNULL, check=False).returncode != 0:
        pytest.skip("this machine allows no namespaces")
    for words in (
        ["audit", "/shards", "-o", "/audit.json"],
        ["plan", "/audit.json", "--flops", "1e16", "-o", "/plan.json"],
        ["report", "/audit.json", "/plan.json", "-o", "/report.html"],
        ["scan", "/shards", "--runs", "/runs"],
        ["merge", "/runs", "-o", "/merged.json"],
    ):
        subprocess.run([*space, str(root), "/datawall", *words], check=True, stdout=subprocess.DEVNULL, env={})
    assert (root / "audit.json").read_bytes() == (root / "merged.json").read_bytes()
    assert b"</html>" in (root / "report.html").read_bytes()


def test_the_command_starts_in_20_milliseconds(binary: Path) -> None:
    taken = []
    for _ in range(11):
        start = time.perf_counter()
        subprocess.run([binary, "--version"], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - start)
    assert statistics.median(taken) < 0.020


def test_a_new_environment_audits_at_once(wheel: Path, shards: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "DATAWALL_BINARY")}
    found = {os.path.realpath(path) for v in range(9, 15) if (path := python(f"3.{v}"))}
    for index, interpreter in enumerate(sorted(found | {sys.executable})):
        home = tmp_path / f"environment-{index}"
        subprocess.run([interpreter, "-m", "venv", home], check=True, env=environment)
        pip = [home / "bin" / "pip", "install", "-q", "--no-index", "--disable-pip-version-check", str(wheel)]
        subprocess.run(pip, check=True, env=environment)
        run = [home / "bin" / "python", "-W", "error", "-c", PROGRAM, str(shards)]
        assert subprocess.check_output(run, text=True, env=environment).split()[0] == "5"
        script = subprocess.check_output([home / "bin" / "datawall", "--version"], text=True, env=environment)
        assert script.strip() == "0.2.0"


def python(version: str) -> str | None:
    """An interpreter of a version, on PATH or among those of pyenv."""
    name = f"python{version}"
    homes = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/{name}"))
    return str(homes[-1]) if homes else shutil.which(name, path="/usr/bin:/usr/local/bin")


def readme_commands() -> list[str]:
    """The commands of the README that begin with `pip install`."""
    readme = Path(__file__).parents[3] / "README.md"
    blocks = readme.read_text(encoding="utf-8").split("```sh\n")[1:]
    (block,) = [block.split("```")[0] for block in blocks if block.startswith("pip install ")]
    return block.strip().split("\n")


def test_a_stranger_gets_from_pip_to_a_report_of_parquet_in_five_commands(wheel: Path, tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    for source in ("web", "code"):
        (tmp_path / "shards" / source).mkdir(parents=True)
        texts = [f"{source}: text {index % 300}, as long as a short sentence is" for index in range(2000)]
        parquet.write_table(arrow.table({"text": texts}), tmp_path / "shards" / source / "part-0.parquet")
    (tmp_path / ".build" / "wheels").mkdir(parents=True)
    shutil.copy(wheel, tmp_path / ".build" / "wheels")
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    environment = {**os.environ, "PATH": f"{tmp_path / 'venv' / 'bin'}:{os.environ['PATH']}", "PIP_NO_INDEX": "1"}
    commands = readme_commands()
    assert len(commands) == 5
    for command in commands:
        subprocess.run(command, shell=True, cwd=tmp_path, env=environment, check=True)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page and "web" in page and "code" in page
