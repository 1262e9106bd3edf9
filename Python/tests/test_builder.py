"""Audits of documents from memory."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import DOCUMENTS

import datawall as dw


def push(builder: dw.Builder, documents: dict[str, list[str]] = DOCUMENTS, attempt: int | None = None) -> None:
    for source, texts in documents.items():
        with builder.job(f"{source}/part-0", attempt=attempt) as job:
            job.add_batch(texts)


def counts(audit: dw.Audit) -> dict[str, Any]:
    return {key: value for key, value in audit.json.items() if key not in ("inputs", "options", "made_by")}


def test_pushed_documents_make_the_audit_of_the_same_texts_in_files(shards: Path, tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    push(builder)
    assert counts(builder.audit()) == counts(dw.audit(shards))
    assert [row.shard for row in builder.audit().inputs] == ["code/part-0", "web/part-0"]


def test_sources_and_scores_are_those_of_the_files(tmp_path: Path) -> None:
    texts = [f"text {number % 50}" for number in range(200)]
    sources = [["web", "code"][number % 2] for number in range(200)]
    scores = [number % 5 / 2 for number in range(200)]
    lines = [json.dumps({"text": t, "source": s, "q": q}) for t, s, q in zip(texts, sources, scores)]
    (tmp_path / "all.jsonl").write_text("\n".join(lines))
    files = dw.audit(tmp_path / "all.jsonl", source_key="source", quality_key="q", tokenizer=None)
    builder = dw.Builder(tmp_path / "runs")
    with builder.job("first") as job:
        job.add_batch(texts[:120], source=sources[:120], quality=scores[:120])
    with builder.job("second") as job:
        for text, source, quality in zip(texts[120:], sources[120:], scores[120:]):
            job.add(text, source=source, quality=quality)
    pushed = builder.audit()
    pushed_counts, file_counts = counts(pushed), counts(files)
    # One file is one shard, two jobs are two.
    for table in (pushed_counts, file_counts):
        for row in [table["totals"], *table["sources"]]:
            del row["shards"]
    assert pushed_counts == file_counts


def test_how_documents_are_cut_into_batches_changes_nothing(tmp_path: Path) -> None:
    texts = [f"text {number % 70}" for number in range(300)]
    audits = []
    for index, size in enumerate((1, 37, 300)):
        builder = dw.Builder(tmp_path / f"runs-{index}")
        with builder.job("part") as job:
            for start in range(0, 300, size):
                job.add_batch(texts[start : start + size], source="web")
        audits.append(builder.audit().json)
    assert audits[0] == audits[1] == audits[2]


def test_a_frame_is_pushed_by_the_names_of_its_columns(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table({"body": ["one", "two"], "origin": ["web", "code"], "score": [1.0, 2.0]})
    frames = [table, table.to_batches()[0], table.to_pandas(), pytest.importorskip("polars").from_arrow(table)]
    for index, frame in enumerate(frames):
        builder = dw.Builder(tmp_path / f"runs-{index}")
        with builder.job("part") as job:
            job.add_frame(frame, text="body", source_key="origin", quality_key="score")
        assert [(row.name, row.quality) for row in builder.audit().sources] == [("code", 2.0), ("web", 1.0)]


def test_of_several_attempts_the_highest_that_is_finished_counts(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    push(builder, {"web": ["old"]}, attempt=1)
    push(builder, {"web": ["new", "new"]}, attempt=3)
    builder.job("web/part-0", attempt=9).add("begun and not finished")
    push(builder, {"web": ["late"]}, attempt=2)
    assert builder.audit().totals.documents == 2
    # The same attempt once more takes the place of the one before.
    push(builder, {"web": ["new", "new", "newer"]}, attempt=3)
    assert builder.audit().totals.documents == 3
    push(builder, {"web": ["now"]})
    assert builder.audit().totals.documents == 1


def test_a_job_that_was_begun_and_not_finished_is_refused_by_name(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    with pytest.raises(dw.DatawallError, match="contains no job"):
        builder.audit()
    push(builder)
    job = builder.job("web/part-1")
    job.add_batch(["one"])
    deadline = time.monotonic() + 20
    while len(os.listdir(tmp_path / "runs")) < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    with pytest.raises(dw.DatawallError, match="web/part-1") as raised:
        builder.audit()
    assert raised.value.code == 65
    job.discard()
    assert builder.audit().totals.documents == 7


def test_an_exception_discards_the_job(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    push(builder)
    with pytest.raises(ZeroDivisionError), builder.job("web/part-1") as job:
        job.add("one")
        raise ZeroDivisionError
    assert builder.audit().totals.documents == 7
    with pytest.raises(RuntimeError, match="has ended"):
        job.add_batch(["two"])


def test_a_refused_batch_leaves_the_job_as_it_was(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    with builder.job("web/part") as job:
        job.add_batch(["one"])
        with pytest.raises(TypeError, match="text 1 is None"):
            job.add_batch(["two", None])
        with pytest.raises(TypeError, match="a text is None"):
            job.add(None)  # type: ignore[arg-type]
        job.add_batch(["three"])
    assert builder.audit().totals.documents == 2


def test_a_command_that_ends_early_is_reported_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("no folder")
    builder = dw.Builder(tmp_path / "runs")
    with pytest.raises(dw.DatawallError, match="runs") as raised, builder.job("part") as job:
        for _ in range(1000):
            job.add_batch(["text" * 1000] * 100)
    assert raised.value.code in (65, 73)


def test_damage_in_what_was_pushed_is_a_warning_and_in_the_audit(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    with pytest.warns(dw.DatawallWarning, match="(?s)web/part: .* damaged"), builder.job("web/part") as job:
        job.add_batch(["whole", "half \ud800"])
    audit = builder.audit()
    assert not audit.complete and audit.totals.documents == 2
    assert [(problem.kind, problem.record) for problem in audit.problems] == [("invalid_utf8", 1)]


def test_options_are_those_of_a_scan(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no option 'tokeniser' for push; did you mean tokenizer"):
        dw.Builder(tmp_path, tokeniser="gpt2")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no option 'attempt'"):
        dw.Builder(tmp_path, attempt=1)  # type: ignore[call-arg]
    builder = dw.Builder(tmp_path / "runs", level="line")
    with builder.job("web/part") as job:
        job.add("one\ntwo\none")
    assert builder.audit().level == "line" and builder.audit().totals.units == 3


def test_a_job_belongs_to_the_process_that_began_it(tmp_path: Path) -> None:
    builder = dw.Builder(tmp_path / "runs")
    job = builder.job("web/part")
    child = os.fork()
    if child == 0:
        try:
            job.add_batch(["from the child"])
        except RuntimeError as error:
            os._exit(7 if "another process" in str(error) else 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    # A child that lives on holds the pipe open, and finishing does not wait for it.
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
    job.add_batch(["from the parent"])
    job.finish()
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert builder.audit().totals.documents == 1


INTERRUPTED = """
import sys, datawall as dw
builder = dw.Builder(sys.argv[1])
with builder.job("web/whole") as job:
    job.add("one")
try:
    with builder.job("web/part") as job:
        while True:
            job.add_batch(["text"] * 1000)
            print("pushed", flush=True)
except KeyboardInterrupt:
    print("interrupted", builder.audit().totals.documents)
"""


def test_an_interrupt_discards_the_job_that_is_being_pushed(tmp_path: Path) -> None:
    run = [sys.executable, "-c", INTERRUPTED, str(tmp_path / "runs")]
    child = subprocess.Popen(run, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None and child.stdout.readline() == "pushed\n"
    # As a terminal does: to all processes of the group.
    os.killpg(child.pid, signal.SIGINT)
    assert child.communicate()[0].splitlines()[-1] == "interrupted 1"


PROGRAM = """
import sys, datawall as dw
builder = dw.Builder(sys.argv[1])
for number in range(1_000_000):
    with builder.job(f"web/part-{number}", attempt=int(sys.argv[2])) as job:
        for index in range(20):
            job.add_batch([f"text {number} {index} {row}" for row in range(50)])
    print(number, flush=True)
"""


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_random_finished_jobs_alone_count(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    runs = str(tmp_path / "runs")
    child = subprocess.Popen([sys.executable, "-c", PROGRAM, runs, "1"], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    finished = [int(child.stdout.readline()) for _ in range(draw.randrange(1, 4))]
    time.sleep(draw.random() / 10)
    child.kill()
    finished += map(int, child.communicate()[0].split())
    builder = dw.Builder(runs)
    begun = len(os.listdir(runs))
    if begun > len(finished):
        # The last one may have ended just before its name could be printed.
        try:
            assert builder.audit().totals.documents == 1000 * begun
        except dw.DatawallError as error:
            assert f"web/part-{len(finished)}" in str(error)
    with builder.job(f"web/part-{len(finished)}", attempt=2) as job:
        job.add("again")
    audit = builder.audit()
    assert audit.totals.documents == 1000 * len(finished) + 1
    assert audit.totals.unique_units == audit.totals.documents
