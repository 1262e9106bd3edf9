"""Audits as tasks, run on this machine."""

from __future__ import annotations

import dataclasses
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import write_shards
from faults import KILL_COMMAND, KILL_PARENT, MACHINE_FAILED, Faults

import datawall as dw
from datawall import _binary, _process, local, slurm
from datawall.job import Job, attempt_number, run_task


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Twelve shards in the working directory, and the audit of one pass over them."""
    monkeypatch.chdir(tmp_path)
    for number in range(12):
        source = ["web", "code", "wiki"][number % 3]
        texts = [f"text {number * 40 + row} of 300" if row % 3 else f"text {row}" for row in range(60)]
        write_shards(tmp_path / "shards" / source / f"{number}", {"documents": texts})
    dw.audit("shards").save("expected.json")
    return Path("expected.json").read_bytes()


@pytest.mark.parametrize(("tasks", "reducers"), [(5, 3)])
def test_tasks_on_this_machine_make_the_audit_of_one_pass(corpus: bytes, tasks: int, reducers: int) -> None:
    job = Job.create("job", "shards", tasks=tasks, reducers=reducers)
    assert not job.status().is_done
    local.run(job, workers=2)
    assert Path("job/audit.json").read_bytes() == corpus
    status = job.status()
    assert (status.tasks_done, status.reducers_done, status.is_done) == (tasks, reducers, True)
    assert Job.load("job") == job
    # Nothing is left to be done.
    assert local.run(job).json == dw.load("expected.json").json


def test_a_job_goes_on_from_what_is_committed(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=6, reducers=2)
    scans, reduces, _ = job.stages(attempts=False)
    for task in (scans[1], scans[4]):
        assert run_task(task, job.root).code == 0
    assert [task.index for task in job.remaining(scans)] == [0, 2, 3, 5]
    assert job.status().tasks_done == 2
    local.run(job)
    Path(reduces[1].output or "").unlink()
    Path("job/audit.json").unlink()
    assert [task.index for task in job.remaining(reduces)] == [1]
    local.run(job)
    assert Path("job/audit.json").read_bytes() == corpus


def test_reducers_share_the_search_for_near_copies_and_for_evaluation_sets(corpus: bytes) -> None:
    Path("sets").mkdir()
    item = {"set": "quiz", "id": "1", "text": "one two three four five six seven eight nine ten eleven twelve thirteen"}
    Path("sets/quiz.jsonl").write_text(json.dumps(item) + "\n")
    Path("shards/web/more.jsonl").write_text(json.dumps({"text": item["text"] + " and more"}) + "\n")
    options = {"near": True, "benchmarks": "sets"}
    dw.audit("shards", **options).save("near.json")
    job = Job.create("job", "shards", tasks=3, reducers=2, **options)
    stages = job.stages(attempts=False)
    assert [tasks[0].stage for tasks in stages] == ["scan", "pairs", "counts", "copies", "reduce", "merge"]
    local.run(job, workers=2)
    assert Path("job/audit.json").read_bytes() == Path("near.json").read_bytes()
    assert all(job.remaining(tasks) == [] for tasks in stages)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_attempts_of_a_task_count_once_in_any_order(corpus: bytes, order: tuple[int, int]) -> None:
    job = Job.create("job", "shards", tasks=3)
    scans = job.stages(attempts=True)[0]
    numbers = [attempt_number(), attempt_number()]
    for index in order:
        task = dataclasses.replace(scans[0], words=(*scans[0].words, f"--attempt={numbers[index]}"), attempts=False)
        assert run_task(task, job.root).code == 0
    for task in scans[1:]:
        run_task(task, job.root)
    assert job.remaining(scans) == []
    local.run(job)
    assert Path("job/audit.json").read_bytes() == corpus


def test_attempts_rise_and_differ() -> None:
    numbers = [attempt_number() for _ in range(100)]
    assert len(set(numbers)) > 90 and max(numbers) < 1 << 53


def test_a_folder_keeps_one_job(corpus: bytes) -> None:
    Job.create("job", "shards", tasks=3)
    Job.create("job", "shards", tasks=3)
    with pytest.raises(dw.DatawallError, match="describes another job"):
        Job.create("job", "shards", tasks=4)
    with pytest.raises(dw.DatawallError, match="no job was created"):
        Job.load("elsewhere")
    with pytest.raises(ValueError, match="tasks is from 1 to 10000, not 10001"):
        Job.create("other", "shards", tasks=10001)
    with pytest.raises(TypeError, match="no option 'task' for scan"):
        Job.create("other", "shards", task=1)  # type: ignore[call-arg]


def test_damage_is_a_result_and_a_refusal_is_not(corpus: bytes) -> None:
    with open("shards/web/0/documents/part.jsonl", "a") as file:
        file.write('{"text": "cut')
    with pytest.raises(dw.DamagedError, match=r"damaged.*\(stage scan, task \d\)") as raised:
        local.run(Job.create("job", "shards", tasks=3))
    assert raised.value.audit.totals.documents == 720
    with pytest.raises(dw.DamagedError, match="is not complete"):
        local.run(Job.load("job"))
    assert local.run(Job.create("lenient", "shards", tasks=3, max_damaged=0.5)).totals.documents == 720
    with pytest.raises(dw.DatawallError, match=r"stage scan, task 0: .*nowhere") as refused:
        local.run(Job.create("missing", "nowhere", tasks=2))
    assert refused.value.code == 66


def test_a_machine_that_failed_raises_for_the_engine_to_try_elsewhere(corpus: bytes, tmp_path: Path) -> None:
    failing = tmp_path / "failing"
    failing.write_text(f'#!/bin/sh\ncase "$1" in --version) echo {dw.__version__};; *) exit 71;; esac\n')
    failing.chmod(0o755)
    job = Job.create("job", "shards", tasks=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATAWALL_BINARY", str(failing))
        with pytest.raises(dw.DatawallError) as raised:
            run_task(job.stages(attempts=True)[0][0], job.root)
    assert raised.value.code == 71


def test_a_command_of_another_version_on_a_machine_is_refused_by_name(corpus: bytes, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("#!/bin/sh\necho 9.9.9\n")
    (tmp_path / "other").chmod(0o755)
    job = Job.create("job", "shards", tasks=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATAWALL_BINARY", str(tmp_path / "other"))
        with pytest.raises(dw.DatawallError, match=r"datawall 9\.9\.9"):
            run_task(job.stages(attempts=True)[0][0], job.root)
    local.run(job)
    assert Path("job/audit.json").read_bytes() == corpus


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faults:
    found = Faults(tmp_path / "faults")
    monkeypatch.setenv("DATAWALL_BINARY", str(found.path))
    return found


DRIVER = "from datawall import Job, local; local.run(Job.create('job', 'shards', tasks=4, reducers=2), workers=2)"


@pytest.mark.parametrize("stage", ["scan", "reduce", "merge"])
@pytest.mark.parametrize("fault", [KILL_COMMAND, KILL_PARENT, MACHINE_FAILED])
def test_a_job_goes_on_after_a_fault_at_any_stage(corpus: bytes, faults: Faults, stage: str, fault: str) -> None:
    faults.add(stage, fault)
    done = subprocess.run([sys.executable, "-c", DRIVER], stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode != 0 and faults.taken == 1
    if fault == MACHINE_FAILED:
        assert "no space left on this machine" in done.stderr
    assert not Path("job/audit.json").exists()
    subprocess.run([sys.executable, "-c", DRIVER], check=True)
    assert Path("job/audit.json").read_bytes() == corpus


def test_a_task_that_never_ends_and_its_copy_count_once(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=3)
    scans = job.stages(attempts=True)[0]
    words = [*scans[0].words, f"--attempt={attempt_number()}"]
    endless = _process.start(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, directory=job.root)
    while not os.listdir("job/runs"):
        time.sleep(0.001)
    endless.send_signal(signal.SIGSTOP)
    try:
        for task in scans:
            assert run_task(task, job.root).code == 0
        local.run(job)
    finally:
        endless.kill()
        endless.communicate()
    assert Path("job/audit.json").read_bytes() == corpus


@pytest.mark.parametrize("attempts", [False, True])
def test_a_shard_that_changed_between_two_tries_is_read_anew(corpus: bytes, attempts: bool) -> None:
    job = Job.create("job", "shards", tasks=3)
    scans = job.stages(attempts=attempts)[0]
    for task in scans:
        assert run_task(task, job.root).code == 0
    for path in Path("shards").rglob("*.jsonl"):
        path.write_text(path.read_text() + '{"text": "a new line"}\n')
    for task in scans:
        assert run_task(task, job.root).code == 0
    assert local.run(job) == dw.audit("shards")


def test_a_shard_that_changed_after_its_task_is_found_by_a_check_of_the_audit(corpus: bytes) -> None:
    local.run(Job.create("job", "shards", tasks=3))
    with open("shards/web/0/documents/part.jsonl", "a") as file:
        file.write('{"text": "a new line"}\n')
    assert local.run(Job.load("job")).json == json.loads(corpus)
    checked = _process.run(["audit", "--verify", "job/audit.json"])
    assert checked.code == 1 and b"shards/web/0/documents/part.jsonl" in checked.output


def test_a_shard_that_was_added_between_tasks_is_refused(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=3)
    for task in job.stages(attempts=False)[0][:2]:
        assert run_task(task, job.root).code == 0
    write_shards(Path("shards/web/added"), {"documents": ["one"]})
    with pytest.raises(dw.DatawallError) as raised:
        local.run(job)
    assert raised.value.code == 65


def test_a_missing_partial_is_made_again_and_a_doubled_one_refused(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=3, reducers=3)
    local.run(job)
    first, second = sorted(Path("job/parts").iterdir())[:2]
    content = second.read_bytes()
    Path("job/audit.json").unlink()
    second.write_bytes(first.read_bytes())
    with pytest.raises(dw.DatawallError, match="stage merge, task 0") as raised:
        local.run(job)
    assert raised.value.code == 65
    second.unlink()
    local.run(job)
    assert second.read_bytes() == content and Path("job/audit.json").read_bytes() == corpus


def test_a_full_disk_commits_nothing_and_the_job_goes_on_with_room(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=3)
    small = ["mount", "-t", "tmpfs", "-o", "size=20k", "tmpfs", "job/runs"]
    if os.getuid() != 0 or subprocess.run(small, stderr=subprocess.DEVNULL, check=False).returncode != 0:
        pytest.skip("only root may mount a small disk")
    try:
        with pytest.raises(dw.DatawallError, match=r"(?i)no space left") as raised:
            local.run(job)
        assert raised.value.code in (71, 73) and not job.status().is_done
    finally:
        subprocess.run(["umount", "job/runs"], check=True)
    local.run(job)
    assert Path("job/audit.json").read_bytes() == corpus


def test_xargs_makes_the_audit_of_one_pass(corpus: bytes) -> None:
    scan = f"{_binary.command()} scan shards --threads 1 --runs runs --progress none"
    subprocess.run(f"seq 0 3 | xargs -P 2 -I % {scan} --task %/4 > log", shell=True, check=True)
    dw.merge("runs").save("audit.json")
    assert Path("audit.json").read_bytes() == corpus


def test_the_script_of_a_job_is_what_drivers_run(corpus: bytes) -> None:
    job = Job.create("job", "shards", tasks=3, reducers=2)
    script = job.script()
    assert script.count("\n") == 10 and script.splitlines()[1] == "# stage scan"
    subprocess.run(["sh", "-e"], input=script, text=True, check=True, stdout=subprocess.DEVNULL)
    assert Path("job/audit.json").read_bytes() == corpus
    assert json.loads(Path("job/audit.json").read_text())["complete"]
    assert len(job.script().splitlines()) == 1


def test_a_scheduler_that_is_absent_is_named(corpus: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(dw.DatawallError, match="sbatch is not on PATH"):
        slurm.run(Job.create("job", "shards", tasks=2))
