"""Frames of other libraries, and processes that push."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest

import datawall as dw

ROWS = [
    {"text": f"text {number % 30}", "origin": ["web", "code"][number % 2], "score": 1 + number % 2}
    for number in range(100)
]


def summary(audit: dw.Audit) -> Any:
    return [(row.name, row.documents, row.unique_units, row.quality) for row in audit.sources]


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_frame_is_audited_by_its_columns(library: str) -> None:
    module = pytest.importorskip(library)
    columns = {name: [row[name] for row in ROWS] for name in ROWS[0]}
    frame = module.table(columns) if library == "pyarrow" else module.DataFrame(columns)
    audit = dw.audit_frame(frame, source_key="origin", quality_key="score")
    assert summary(audit) == [("code", 50, 15, 2.0), ("web", 50, 15, 1.0)]
    assert summary(dw.audit_frame(frame)) == [("frame", 100, 30, 1.0)]


def push(runs: str, number: int) -> None:
    with dw.Builder(runs).job(f"web/part-{number}") as job:
        job.add_batch([f"text {number} {row}" for row in range(100)])


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_push_into_one_folder_however_they_were_started(tmp_path: Path, method: str) -> None:
    dw.Builder(tmp_path / "runs").job("web/first").discard()
    context = multiprocessing.get_context(method)
    with context.Pool(2) as pool:
        pool.starmap(push, [(str(tmp_path / "runs"), number) for number in range(4)])
    assert dw.Builder(tmp_path / "runs").audit().totals.unique_units == 400
