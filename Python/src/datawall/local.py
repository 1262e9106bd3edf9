"""Runs a job on this machine, some tasks at a time."""

from __future__ import annotations

import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import List, Optional

from .job import Job, Outcome, raise_failures, run_task
from .results import Audit


def run(job: Job, *, workers: Optional[int] = None) -> Audit:
    """Runs what is still to be done of a job, `workers` tasks at a time, and returns the audit.

    A run that was stopped goes on from what was committed when the same line is run again.
    """
    outcomes: List[Outcome] = []
    children: List[subprocess.Popen[bytes]] = []
    for stage in job.stages(attempts=False):
        todo = job.remaining(stage)
        pool = ThreadPoolExecutor(workers or len(os.sched_getaffinity(0)))
        try:
            outcomes += pool.map(partial(run_task, root=job.root, children=children), todo)
        except BaseException:
            # What is running stops as it does at Ctrl-C, and is committed as far as it came.
            for child in children:
                if child.poll() is None:
                    child.send_signal(signal.SIGINT)
            raise
        finally:
            pool.shutdown(cancel_futures=True)
        raise_failures(outcomes)
    return job.audit(outcomes)
