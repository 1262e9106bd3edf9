"""Runs a job on Slurm: an array of tasks for each stage, and each stage after the one before it.

The scripts run the command alone; nodes need no Python, but for shards that are URLs: then they need this package.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from typing import List, Optional, Sequence

from . import _binary, _process, stores
from .errors import DatawallError
from .job import IN_USE, Job, Task
from .results import Audit

#: The most array tasks where Slurm does not say (MaxArraySize is one more).
ARRAY_TASKS = 1000

SCRIPT = """\
#!/bin/bash
#SBATCH --job-name=datawall-{stage}
#SBATCH --array=0-{last}
#SBATCH --output={logs}/{stage}-%A_%a.log
#SBATCH --requeue
{sbatch}
# Made by datawall.slurm. Each array task runs {each} of the {count} tasks that were left, line by line of {list}.
cd {root} || exit 66
first=$((SLURM_ARRAY_TASK_ID * {each} + 1))
sed -n "$first,$((first + {each} - 1))p" {list} | while IFS= read -r line; do
    # In use: an earlier try at this task is about to end.
    for try in $(seq 120); do
        eval "$line" < /dev/null
        status=$?
        [ $status = {in_use} ] || break
        sleep 5
    done
    # 1 is a result: more was damaged or left unread than allowed.
    [ $status -le 1 ] || exit $status
done
"""


def run(
    job: Job, *, sbatch: Sequence[str] = (), tasks_per_job: int = 0, dry_run: bool = False, poll: float = 5.0
) -> Optional[Audit]:
    """Submits what is still to be done of a job, waits for it, and returns the audit.

    `sbatch` are options for every script, such as `--partition=cpu` and `--time=2:00:00`. An array task runs
    `tasks_per_job` tasks, one after the other (by default as many as the limit on arrays asks for). The job's folder
    must be seen under one path by all nodes. Run the same line again to go on after a failure. With `dry_run` it only
    writes the scripts into `logs/` and prints them, and returns `None`.
    """
    if not dry_run and shutil.which("sbatch") is None:
        raise DatawallError(
            127, "sbatch is not on PATH: run this on a node that submits to Slurm, or use datawall.local"
        )
    if stores.is_remote(job.folder):
        raise DatawallError(
            64, f"{job.folder} is in a store, which the scripts do not reach: name a folder of the site"
        )
    submitted: List[str] = []
    for stage in job.stages(attempts=False):
        # A later stage has nothing done while an earlier one is still to be done.
        todo = list(stage) if submitted else job.remaining(stage)
        if not todo:
            continue
        path = _script(job, todo, sbatch, tasks_per_job)
        if dry_run:
            with open(path, encoding="utf-8") as file:
                print(file.read())
            continue
        after = [f"--dependency=afterok:{submitted[-1]}", "--kill-on-invalid-dep=yes"] if submitted else []
        submitted.append(_said(["sbatch", "--parsable", *after, path]).split(";")[0])
    if dry_run:
        return None
    _wait(submitted, poll)
    if not os.path.exists(os.path.join(job.folder, "audit.json")):
        logs = os.path.join(job.folder, "logs")
        raise DatawallError(66, f"the job has no audit: see {logs}, and the status: {job.status()}")
    return job.audit()


def _script(job: Job, todo: Sequence[Task], sbatch: Sequence[str], tasks_per_job: int) -> str:
    """Writes the script of a stage and the list of its command lines; returns the script's path."""
    stage, logs = todo[0].stage, os.path.join(job.folder, "logs")
    each = tasks_per_job or -(-len(todo) // min(len(todo), _array_limit()))
    lines = os.path.join(logs, f"{stage}.sh")
    with open(lines, "w", encoding="utf-8") as file:
        for task in todo:
            file.write(" ".join(map(shlex.quote, [_binary.command(), *task.words])) + "\n")
    path = os.path.join(logs, f"{stage}.sbatch")
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            SCRIPT.format(
                stage=stage,
                last=-(-len(todo) // each) - 1,
                logs=logs,
                sbatch="".join(f"#SBATCH {option}\n" for option in sbatch),
                each=each,
                count=len(todo),
                list=shlex.quote(lines),
                root=shlex.quote(job.root),
                in_use=IN_USE,
            )
        )
    return path


def _array_limit() -> int:
    """Returns how many tasks an array may have at this site."""
    if shutil.which("scontrol") is None:
        return ARRAY_TASKS
    found = re.search(r"MaxArraySize\s*=\s*(\d+)", _said(["scontrol", "show", "config"]))
    return max(1, int(found.group(1)) - 1) if found else ARRAY_TASKS


def _said(words: Sequence[str]) -> str:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DatawallError(done.returncode, f"{_process.line(words)[len('datawall ') :]}: {done.stderr.strip()}")
    return done.stdout.strip()


def _wait(submitted: Sequence[str], poll: float) -> None:
    """Waits until Slurm no longer lists the jobs; they go on where this process ends."""
    while (
        submitted
        and subprocess.run(
            ["squeue", "--noheader", f"--jobs={','.join(submitted)}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        ).stdout.strip()
    ):
        time.sleep(poll)
