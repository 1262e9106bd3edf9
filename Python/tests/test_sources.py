"""Frames, data sets and pipelines of other libraries, and processes that push."""

from __future__ import annotations

import multiprocessing
import pickle
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
    with pytest.raises(ValueError, match="the frame has no column 'body'; its columns: 'text', 'origin', 'score'"):
        dw.audit_frame(frame, text="body")


def test_what_is_no_frame_or_has_a_column_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="not a value of type list"):
        dw.audit_frame([{"text": "one"}])
    pandas = pytest.importorskip("pandas")
    with pytest.raises(ValueError, match="the frame has 2 columns 'text'"):
        dw.audit_frame(pandas.DataFrame([["one", "two"]], columns=["text", "text"]))
    polars = pytest.importorskip("polars")
    with pytest.raises(TypeError, match="collect"):
        dw.audit_frame(polars.LazyFrame({"text": ["one"]}))


def test_a_frame_that_contains_no_text_in_a_row_is_refused_by_the_row() -> None:
    pandas = pytest.importorskip("pandas")
    for value in (None, float("nan"), b"bytes"):
        with pytest.raises(TypeError, match="frame, counted from row 0: text 1 is"):
            dw.audit_frame(pandas.DataFrame({"text": pandas.Series(["a", value], dtype=object)}))


@pytest.fixture
def data_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", str(tmp_path))
    return datasets.Dataset.from_list(ROWS)


def test_a_data_set_is_audited_by_split_or_column(data_set: Any) -> None:
    import datasets

    both = dw.audit_dataset(data_set, source_key="origin", quality_key="score")
    assert summary(both) == [("code", 50, 15, 2.0), ("web", 50, 15, 1.0)]
    # Rows that were chosen or shuffled are no longer in the order of Arrow's file.
    assert dw.audit_dataset(data_set.shuffle(seed=1)).totals == dw.audit_dataset(data_set).totals
    split = datasets.DatasetDict({"train": data_set.select(range(60)), "test": data_set.select(range(60, 100))})
    assert [row[:2] for row in summary(dw.audit_dataset(split))] == [("test", 40), ("train", 60)]


def test_a_streaming_data_set_makes_the_audit_of_the_stored_one(data_set: Any) -> None:
    import datasets

    streaming = data_set.to_iterable_dataset(num_shards=3)
    assert dw.audit_dataset(streaming) == dw.audit_dataset(data_set)
    # Rows of a generator are no Arrow batches.
    made = datasets.IterableDataset.from_generator(lambda: iter(ROWS))
    assert summary(dw.audit_dataset(made)) == [("dataset", 100, 30, 1.0)]
    split = datasets.IterableDatasetDict({"train": streaming})
    assert summary(dw.audit_dataset(split)) == [("train", 100, 30, 1.0)]


def test_a_data_set_with_a_null_text_is_refused_by_its_row(data_set: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import datasets

    monkeypatch.setattr("datawall.sources.BATCH_ROWS", 10)
    rows = [*ROWS[:25], {**ROWS[25], "text": None}, *ROWS[26:]]
    with pytest.raises(TypeError, match="dataset, counted from row 20: text 5 is null"):
        dw.audit_dataset(datasets.Dataset.from_list(rows))
    with pytest.raises(ValueError, match="body"):
        dw.audit_dataset(data_set, text="body")


def test_a_step_of_datatrove_counts_documents_and_passes_them_on(tmp_path: Path) -> None:
    data = pytest.importorskip("datatrove.data")
    from datawall.datatrove import AuditStep

    step = pickle.loads(pickle.dumps(AuditStep(str(tmp_path / "runs"), source_key="origin", quality_key="score")))
    rows: list[Any] = []
    for rank in (0, 1, 0):  # The first task runs again.
        rows = [data.Document(text=row["text"], id=str(n), metadata=row) for n, row in enumerate(ROWS)][rank::2]
        assert list(step.run(iter(rows), rank, 2)) == rows
    assert summary(step.builder.audit()) == [("code", 50, 15, 2.0), ("web", 50, 15, 1.0)]
    # A task whose documents were not all taken is not finished.
    unfinished = step.run(iter(rows), 5, 6)
    next(unfinished)
    unfinished.close()
    rows[3].metadata = {"score": 1}
    with pytest.raises(KeyError, match="document '6' has no 'origin' in its metadata"):
        list(step.run(iter(rows), 3, 6))
    assert step.builder.audit().totals.documents == 100


def test_a_pipeline_of_datatrove_counts_what_its_shards_contain(shards: Path, tmp_path: Path) -> None:
    pytest.importorskip("datatrove")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader

    from datawall.datatrove import AuditStep

    runs = str(tmp_path / "runs")
    pipeline = [JsonlReader(str(shards), recursive=True, doc_progress=False), AuditStep(runs)]
    LocalPipelineExecutor(pipeline, tasks=2, workers=1, logging_dir=str(tmp_path / "logs")).run()
    counted, expected = dw.Builder(runs).audit().totals, dw.audit(shards).totals
    assert counted == expected


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
