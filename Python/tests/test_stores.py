"""Shards behind fsspec: a store in this process, so that nothing but what the process serves can be read."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator

import fsspec
import pytest
from conftest import DOCUMENTS

import datawall as dw
from datawall import local, slurm, stores
from datawall.job import Job, run_task


@pytest.fixture
def store(shards: Path) -> Iterator[Any]:
    """The small corpus in memory, below `memory://bucket/corpus`."""
    memory = fsspec.filesystem("memory")
    memory.put(f"{shards}/", "/bucket/corpus/", recursive=True)
    yield memory
    memory.rm("/bucket", recursive=True)


@pytest.fixture
def tags(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags of contents, which stores of this process do not have."""
    monkeypatch.setattr(stores, "_tag", lambda known: hashlib.sha256(store.cat(known["name"])).hexdigest())


def counts(audit: dw.Audit) -> dict[str, Any]:
    """What an audit says, but for what names paths and bytes as they are stored."""
    kept = {name: value for name, value in audit.json.items() if name not in ("inputs", "made_by", "skipped")}
    options = {name: value for name, value in kept["options"].items() if name != "listing_sha256"}
    return {**kept, "options": options}


def test_objects_count_as_files_do(store: Any, tags: None, shards: Path) -> None:
    remote, local = dw.audit("memory://bucket/corpus"), dw.audit(shards)
    assert counts(remote) == counts(local)
    assert [row["shard"] for row in remote.json["inputs"]] == [
        f"memory:///bucket/corpus/{source}/part.jsonl" for source in sorted(DOCUMENTS)
    ]
    assert remote.json == dw.audit("memory://bucket/corpus", threads=1).json


def test_parquet_is_read_from_a_scratch_file(store: Any, tags: None, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    (tmp_path / "tables/web").mkdir(parents=True)
    parquet.write_table(pa.table({"text": DOCUMENTS["web"]}), tmp_path / "tables/web/part.parquet")
    store.put(f"{tmp_path}/tables/", "/bucket/tables/", recursive=True)
    assert counts(dw.audit("memory://bucket/tables")) == counts(dw.audit(tmp_path / "tables"))


def test_objects_named_by_a_glob_belong_to_their_folders(store: Any, tags: None) -> None:
    audit = dw.audit("memory://bucket/corpus/*/*.jsonl")
    assert [row.name for row in audit.sources] == sorted(DOCUMENTS)
    assert [row.name for row in dw.audit("memory://bucket/corpus/web/part.jsonl").sources] == ["web"]


@pytest.mark.parametrize("served", [True, False])
def test_an_object_that_cannot_be_read_is_a_sentence_and_a_failure(store: Any, served: bool) -> None:
    # The command tries again, and counts nothing of an object that stays unread.
    with stores.serving() as environment:
        words = [sys.executable, "-m", "datawall.stores", "memory://bucket/corpus/none.jsonl"]
        known = {**os.environ, **(environment if served else {})}
        done = subprocess.run(words, env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("memory://bucket/corpus/none.jsonl: ")
    assert len(done.stderr.splitlines()) == 1


def test_an_object_that_was_replaced_since_the_listing_is_refused(store: Any, tags: None) -> None:
    rows = stores.listing(["memory://bucket/corpus/web"])
    row = json.loads(rows)
    assert b"".join(stores._blocks(row["path"], row["etag"])) == store.cat("/bucket/corpus/web/part.jsonl")
    store.pipe("/bucket/corpus/web/part.jsonl", b"x" * row["bytes"])
    with pytest.raises(dw.DatawallError, match="has changed since it was listed: make a new listing"):
        list(stores._blocks(row["path"], row["etag"]))


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["memory://bucket/none"], "memory://bucket/none has no objects"),
        (["nosuch://bucket"], "nosuch://bucket cannot be read: Protocol not known: nosuch"),
        (["memory://bucket/corpus", "shards"], "some paths are URLs and some are not"),
    ],
)
def test_paths_that_cannot_be_listed_are_refused_by_name(store: Any, paths: list[str], message: str) -> None:
    with pytest.raises((dw.DatawallError, ValueError), match=message):
        dw.audit(*paths)


@pytest.mark.parametrize("folder", ["job", "memory://bucket/job"])
def test_tasks_read_objects_and_keep_their_folder_in_a_store(
    store: Any, tags: None, tmp_path: Path, folder: str
) -> None:
    folder = folder if stores.is_remote(folder) else str(tmp_path / folder)
    job = Job.create(folder, "memory://bucket/corpus", tasks=3, reducers=2, near=True)
    assert not job.status().is_done
    scans = job.stages(attempts=False)[0]
    assert run_task(scans[1], job.root).code == 0
    assert [task.index for task in job.remaining(scans)] == [0, 2]
    audit = local.run(Job.load(folder), workers=1)
    assert counts(audit) == counts(dw.audit("memory://bucket/corpus", near=True))
    status = job.status()
    assert (status.tasks_done, status.reducers_done, status.is_done) == (3, 2, True)
    # Nothing is left to be done, and shards that came later are another job's.
    store.pipe("/bucket/corpus/web/later.jsonl", b"{}")
    assert Job.create(folder, "memory://bucket/corpus", tasks=3, reducers=2, near=True) == job
    assert local.run(job).json == audit.json


def test_a_store_keeps_the_runs_of_files_of_this_machine(
    store: Any, shards: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    job = Job.create("memory://bucket/job", "shards", tasks=2)
    assert local.run(job, workers=1).json == dw.audit("shards").json
    commits = [name for name in store.find("/bucket/job/runs") if "/commits/" in name]
    assert len(commits) == 2


def test_a_try_that_fails_uploads_nothing(store: Any, shards: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job.create("memory://bucket/job", str(shards), tasks=1)
    before = store.find("/bucket/job")
    scan = job.stages(attempts=False)[0][0]
    refused = dataclasses.replace(scan, words=(*scan.words, "--level=none"))
    assert run_task(refused, job.root).code == 64
    assert store.find("/bucket/job") == before


def test_jobs_in_a_store_refuse_what_their_tasks_would_not_find(store: Any) -> None:
    with pytest.raises(ValueError, match="manifest must be an absolute path"):
        Job.create("memory://bucket/job", "memory://bucket/corpus", manifest="corpus.yml")
    with pytest.raises(ValueError, match="some paths are URLs and some are not"):
        Job.create("memory://bucket/job", "memory://bucket/corpus", "shards")
    job = Job.create("memory://bucket/job", "memory://bucket/corpus", tasks=1)
    with pytest.raises(dw.DatawallError, match="is in a store, which the scripts do not reach"):
        slurm.run(job, dry_run=True)
    with pytest.raises(dw.DatawallError, match="the job is not done"):
        job.audit()


def test_a_command_of_the_users_own_is_left_as_it_is() -> None:
    theirs = "--open=python3 -m their.client {path}"
    ours = stores.opening(b'{"path": "memory:///bucket/part.jsonl", "bytes": 1}')
    here = stores.here([theirs, ours])
    assert here[0] == theirs
    assert here[1].startswith(f"--open={sys.executable} -m datawall.stores ")
