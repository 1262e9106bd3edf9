"""Runs a job on Spark: each command is a Spark task. Spark's own shuffle takes no part."""

from __future__ import annotations

import atexit
import functools
import importlib
import os
import shutil
import tempfile
from functools import partial
from typing import Any, Iterator, List

from . import _binary
from .job import Job, Outcome, Task, raise_failures, run_task
from .results import Audit

#: The names under which executors get the command and this package.
COMMAND, PACKAGE = "datawall-command", "datawall-package"


def run(spark: Any, job: Job) -> Audit:
    """Runs what is left of a job on a `SparkSession`, and returns the audit.

    Driver and executors must see the job's folder and its shards under the same paths. Executors need no package: this
    sends them the command and this package. Retries and speculative copies are safe, since each try has a folder of its
    own and a merge takes one of each task. Run the same line again to go on after a failure.
    """
    context = spark.sparkContext
    _send(context, str(context.applicationId))
    outcomes: List[Outcome] = []
    for stage in job.stages(attempts=True):
        todo = job.remaining(stage)
        if todo:
            tasks = context.parallelize(todo, len(todo))
            outcomes += tasks.mapPartitions(partial(_run, root=job.root)).collect()
        raise_failures(outcomes)
    return job.audit(outcomes)


@functools.lru_cache(maxsize=1)
def _home(_: str) -> str:
    """Returns a folder for what an application sends; executors that start later fetch from it, so it stays."""
    home = tempfile.mkdtemp(prefix="datawall-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


def _send(context: Any, application: str) -> None:
    """Sends the command and this package to the executors, once in an application."""
    home = _home(application)
    binary = os.path.join(home, COMMAND)
    if os.path.exists(binary):
        return
    package = os.path.join(home, PACKAGE, "datawall")
    shutil.copytree(os.path.dirname(__file__), package, ignore=shutil.ignore_patterns("bin", "__pycache__"))
    context.addPyFile(shutil.make_archive(os.path.join(home, PACKAGE), "zip", os.path.dirname(package)))
    shutil.copy2(_binary.command(), binary)
    context.addFile(binary)


def _run(tasks: Iterator[Task], root: str) -> Iterator[Outcome]:
    """Runs the tasks of a partition on an executor."""
    files: Any = importlib.import_module("pyspark").SparkFiles
    os.environ["DATAWALL_BINARY"] = files.get(COMMAND)
    for task in tasks:
        yield run_task(task, root)
