"""Tables of results in each library."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

import datawall as dw


def test_rows_are_a_sequence_of_records(shards: Path) -> None:
    sources = dw.audit(shards).sources
    assert len(sources) == 2 and sources[-1].name == "web" and sources[:1][0].name == "code"
    assert sources.columns[:3] == ["name", "shards", "documents"]
    assert sources.to_dicts()[0]["documents"] == 3


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_the_files_columns_and_values(shards: Path, library: str) -> None:
    pytest.importorskip(library)
    audit = dw.audit(shards)
    for name in ("sources", "overlap", "copies", "inputs", "problems"):
        table = getattr(audit, name)
        frame = {"pandas": "to_pandas", "polars": "to_polars", "pyarrow": "to_arrow"}[library]
        frame = getattr(table, frame)()
        columns = frame.column_names if library == "pyarrow" else list(frame.columns)
        assert columns == table.columns
        assert len(frame) == len(audit.json[name])
    assert list(audit.sources.to_pandas()["unique_tokens"]) == [row["unique_tokens"] for row in audit.json["sources"]]


def test_without_a_library_a_frame_is_a_list(shards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert dw.audit(shards).copies.to_frame()[0]["from"] == 1


def test_a_table_shows_in_a_notebook(shards: Path) -> None:
    shown = dw.audit(shards).sources._repr_html_()
    assert shown.startswith("<table>") and "<script" not in shown and ">code</td>" in shown
