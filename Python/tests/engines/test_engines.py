"""A real Slurm on one machine: `make test-engines` installs and starts it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import write_shards

import datawall as dw
from datawall.job import Job

pytestmark = pytest.mark.skipif("DATAWALL_ENGINES" not in os.environ, reason="make test-engines starts the engines")


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    monkeypatch.chdir(tmp_path)
    for number in range(25):
        source = ["web", "code", "wiki"][number % 3]
        texts = [f"text {number * 40 + row} of 300" if row % 3 else f"text {row}" for row in range(200)]
        write_shards(tmp_path / "shards" / source / f"{number}", {"documents": texts})
    dw.audit("shards").save("expected.json")
    return Path("expected.json").read_bytes()


def test_slurm_makes_the_audit_of_one_pass(corpus: bytes) -> None:
    if shutil.which("sbatch") is None or subprocess.run(["sinfo"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no Slurm answers")
    from datawall import slurm

    slurm.run(Job.create("job", "shards", tasks=12, reducers=4), poll=1)
    assert Path("job/audit.json").read_bytes() == corpus
