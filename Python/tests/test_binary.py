"""Where the command comes from, and what is said where it cannot be used."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import datawall as dw
from datawall import _binary

PACKAGE = Path(dw.__file__).parent


@pytest.fixture(autouse=True)
def forget() -> None:
    _binary._find.cache_clear()
    _binary.version.cache_clear()


def script(path: Path, text: str) -> str:
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)
    return str(path)


def failure(monkeypatch: pytest.MonkeyPatch, binary: str) -> str:
    monkeypatch.setenv("DATAWALL_BINARY", binary)
    with pytest.raises(dw.DatawallError) as raised:
        dw.audit("shards")
    assert raised.value.code == 127
    return str(raised.value)


def test_the_commands_version_is_the_packages() -> None:
    assert _binary.version(_binary.command()) == dw.__version__


def test_a_command_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = failure(monkeypatch, script(tmp_path / "datawall", "echo 9.9.9"))
    assert "datawall 9.9.9" in said and "install both from one release" in said


def test_a_command_for_another_processor_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # An ELF header of aarch64.
    (tmp_path / "datawall").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\xb7\x00\x01" + bytes(43))
    (tmp_path / "datawall").chmod(0o755)
    assert "not a program for this processor" in failure(monkeypatch, str(tmp_path / "datawall"))


def test_a_command_that_crashes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = failure(monkeypatch, script(tmp_path / "datawall", "echo no runtime >&2; exit 132"))
    assert "does not run here (status 132): no runtime" in said


def test_a_name_that_is_no_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "DATAWALL_BINARY names /nowhere" in failure(monkeypatch, "/nowhere")


def test_a_lost_run_bit_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = script(tmp_path / "datawall", f"echo {dw.__version__}")
    os.chmod(path, 0o644)
    monkeypatch.setenv("DATAWALL_BINARY", path)
    assert _binary.command() == path and os.access(path, os.X_OK)


def test_the_script_on_path_is_not_taken_for_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(tmp_path / "datawall", "exec python -m datawall")
    monkeypatch.delenv("DATAWALL_BINARY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if (PACKAGE / "bin" / "datawall").exists():
        pytest.skip("this package contains the command")
    with pytest.raises(dw.DatawallError, match="there is no datawall command"):
        _binary.command()


def test_a_package_in_an_archive_copies_its_command_out(tmp_path: Path) -> None:
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in PACKAGE.glob("*.py"):
            packed.write(path, f"datawall/{path.name}")
        packed.writestr("datawall/bin/datawall", f"#!/bin/sh\necho {dw.__version__}\n")
    environment = {"PYTHONPATH": str(archive), "XDG_CACHE_HOME": str(tmp_path / "cache"), "PATH": ""}
    program = "import datawall._binary as b; print(b.command())"
    for _ in range(2):
        found = subprocess.check_output([sys.executable, "-S", "-c", program], env=environment, text=True).strip()
        assert found == str(tmp_path / "cache" / "datawall" / dw.__version__ / "datawall")


# A filter of system calls (seccomp) under which memfd_create, number 319 on x86-64, fails as on a kernel without it.
WITHOUT_MEMFD = """
import ctypes, os, struct, sys
rules = [(0x20, 0, 0, 0), (0x15, 0, 1, 319), (0x06, 0, 0, 0x00050000 | 38), (0x06, 0, 0, 0x7FFF0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *rule) for rule in rules))
program = ctypes.create_string_buffer(struct.pack("HP", len(rules), ctypes.addressof(code)))
control = ctypes.CDLL(None, use_errno=True).prctl
if control(38, 1, 0, 0, 0) or control(22, 2, ctypes.c_void_p(ctypes.addressof(program)), 0, 0):
    print("no filter")
    sys.exit()
try:
    os.memfd_create("probe")
except OSError as error:
    assert error.errno == 38
else:
    raise AssertionError("memfd_create works")
import datawall as dw
with dw.Builder(sys.argv[2]).job("web/part") as job:
    job.add_batch(["one", "two"])
print(dw.audit(sys.argv[1]).totals.documents, dw.Builder(sys.argv[2]).audit().totals.documents)
"""


def test_a_kernel_without_memfd_is_enough(shards: Path, tmp_path: Path) -> None:
    run = [sys.executable, "-c", WITHOUT_MEMFD, str(shards), str(tmp_path / "runs")]
    said = subprocess.check_output(run, text=True).strip()
    if said == "no filter":
        pytest.skip("this machine allows no filters of system calls")
    assert said == "7 2"


def test_the_module_becomes_the_command(shards: Path) -> None:
    run = [sys.executable, "-m", "datawall"]
    assert subprocess.check_output([*run, "--version"], text=True).strip() == dw.__version__
    assert subprocess.run([*run, "audit", "/nowhere"], stderr=subprocess.DEVNULL, check=False).returncode == 66
    environment = {**os.environ, "DATAWALL_BINARY": "/nowhere"}
    done = subprocess.run(run, env=environment, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 127 and done.stderr.startswith("datawall: DATAWALL_BINARY names /nowhere")
    assert shutil.which("python3") is not None
