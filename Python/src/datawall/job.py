"""An audit as tasks for an engine: plain data that builds command lines, and what runs one of them.

Engines only start tasks and wait. What is counted, and what is done, is in files that `datawall` commits, so every
engine gives the same audit, byte for byte, and a job goes on from there whoever ran it before.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Sequence, Tuple

from . import _binary, _options, _process, mirror, stores
from .errors import DamagedError, DatawallError
from .results import Audit, StrPath

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import ScanArguments

#: Bytes of shards that a task reads, where nobody says how many tasks there are.
TASK_BYTES = 4 << 30
MOST_TASKS = 10_000
#: All texts fall into so many partitions.
PARTITIONS = 4096
#: Exit statuses that another try may not meet: in use, and a machine that failed.
IN_USE, MACHINE_FAILED = 75, 71
#: Seconds between two tries at a folder that is in use, and how many.
PATIENCE, PATIENT_TRIES = 5.0, 120


@dataclass(frozen=True)
class Task:
    """One command line of a stage, and what tells that it is done."""

    stage: str
    index: int
    words: Tuple[str, ...]
    #: The file that it writes; a scan commits into the job's runs instead.
    output: Optional[str] = None
    #: Whether each try has a folder of its own.
    attempts: bool = False
    #: The job's folder, where that is in an object store.
    store: Optional[str] = None


@dataclass(frozen=True)
class Outcome:
    """How a task ended: 0, or 1 where more was damaged or left unread than allowed."""

    stage: str
    index: int
    code: int
    message: str


@dataclass(frozen=True)
class Status:
    """What of a job is committed."""

    tasks: int
    tasks_done: int
    reducers: int
    reducers_done: int
    documents: int
    bytes: int
    is_done: bool


@dataclass(frozen=True)
class Job:
    """An audit in a folder that every task sees: `runs/`, `near/`, `parts/`, `logs/`, `job.json` and `audit.json`.

    The folder may be in an object store (`s3://bucket/job`): tasks then work in a scratch folder, and upload what they
    made, commits last.
    """

    folder: str
    paths: Tuple[str, ...]
    #: Options of the scan, as words.
    scan: Tuple[str, ...]
    #: Options of the merge, as words.
    merge: Tuple[str, ...]
    tasks: int
    reducers: int
    #: The folder that relative paths start from.
    root: str
    #: Whether near copies are sought, which takes passes of their own where reducers share the merge.
    near: bool = False
    #: URLs of the shards, which are listed once, in `listing.jsonl`.
    urls: Tuple[str, ...] = ()

    @classmethod
    def create(
        cls,
        folder: StrPath,
        *paths: StrPath,
        tasks: Optional[int] = None,
        reducers: Optional[int] = None,
        top_copies: int = 0,
        **options: Unpack[ScanArguments],
    ) -> Job:
        """Describes an audit of some paths; options are those of `datawall scan`.

        Paths are those that every machine has, or all are URLs that fsspec reads. Without `tasks`, a task reads about
        4 GiB. `reducers` share the merge; small jobs need one. The same call with other options is refused where the
        folder holds another job's work.
        """
        home = str(folder).rstrip("/") if stores.is_remote(folder) else os.path.abspath(folder)
        urls = tuple(path for path in paths if isinstance(path, str) and stores.is_remote(path))
        if urls and len(urls) != len(paths):
            raise ValueError("some paths are URLs and some are not: make a job of each kind, and merge the runs")
        _check_files(home, options)
        size = _listed(home, urls) if urls else _size(paths)
        count = tasks if tasks is not None else max(1, min(MOST_TASKS, -(-size // TASK_BYTES)))
        if not 1 <= count <= MOST_TASKS:
            raise ValueError(f"tasks is from 1 to {MOST_TASKS}, not {count}; give each task more to read")
        parts = reducers if reducers is not None else max(1, min(256, count // 16))
        if not 1 <= parts <= PARTITIONS:
            raise ValueError(f"reducers is from 1 to {PARTITIONS}, not {parts}")
        # Engines count a task as one core.
        options.setdefault("threads", 1)
        job = cls(
            folder=home,
            paths=() if urls else tuple(_process.paths(paths)),
            scan=tuple(_process.options("scan", _options.ScanArguments, options)),
            merge=tuple(_process.options("merge", _options.MergeArguments, _merged(options, top_copies))),
            tasks=count,
            reducers=parts,
            root=os.getcwd(),
            near=bool(options.get("near")) or options.get("near_sample") is not None,
            urls=urls,
        )
        job._write()
        return job

    @classmethod
    def load(cls, folder: StrPath) -> Job:
        """Reads the job of a folder."""
        path = os.path.join(folder, "job.json")
        content = mirror.read(path)
        if content is None:
            raise DatawallError(66, f"{path} is not there: no job was created in this folder")
        values: Dict[str, Any] = json.loads(content)
        for name in ("paths", "scan", "merge", "urls"):
            values[name] = tuple(values[name])
        return cls(**values)

    def _write(self) -> None:
        """Writes the job's description, unless the folder has that of another one."""
        if not stores.is_remote(self.folder):
            for name in ("runs", "parts", "logs"):
                os.makedirs(os.path.join(self.folder, name), exist_ok=True)
        path = os.path.join(self.folder, "job.json")
        content = (json.dumps(asdict(self), indent=2) + "\n").encode()
        if (mirror.read(path) or content) != content:
            raise DatawallError(65, f"{path} describes another job; name another folder, or remove this one")
        mirror.write(path, content)

    # Command lines

    def stages(self, *, attempts: bool) -> List[List[Task]]:
        """Returns the stages in their order; tasks of one stage may run at once.

        With `attempts` each try at a scan has a folder of its own, for engines that may run a task twice at a time.
        Without, a try goes on where the one before it stopped.
        """
        runs, parts = os.path.join(self.folder, "runs"), os.path.join(self.folder, "parts")
        read = self._read() if self.urls else self.paths
        scans = [
            Task(
                "scan",
                index,
                ("scan", *read, *self.scan, f"--runs={runs}", f"--task={index}/{self.tasks}", "--progress=none"),
                attempts=attempts or self._store is not None,
                store=self._store,
            )
            for index in range(self.tasks)
        ]
        audit = os.path.join(self.folder, "audit.json")
        if self.reducers == 1:
            return [scans, [self._output("merge", 0, ("merge", runs, *self.merge), audit)]]
        bounds = [PARTITIONS * index // self.reducers for index in range(self.reducers + 1)]
        ranges = [f"{low}-{high - 1}" for low, high in zip(bounds, bounds[1:])]
        names = [os.path.join(parts, f"{low:04d}-{high - 1:04d}.json") for low, high in zip(bounds, bounds[1:])]
        near, passes = self._passes(runs, ranges)
        reduces = [
            self._output("reduce", k, ("merge", runs, *self.merge, *near, f"--partitions={ranges[k]}"), name)
            for k, name in enumerate(names)
        ]
        last = ("merge", runs, *self.merge, *near, *(f"--partials={name}" for name in names))
        return [scans, *passes, reduces, [self._output("merge", 0, last, audit)]]

    @property
    def _store(self) -> Optional[str]:
        return self.folder if stores.is_remote(self.folder) else None

    def _read(self) -> Tuple[str, ...]:
        """Returns the words by which a scan reads what was listed."""
        path = os.path.join(self.folder, "listing.jsonl")
        rows = mirror.read(path)
        if rows is None:
            raise DatawallError(66, f"{path} is not there, which `Job.create` wrote")
        return f"--listing={path}", stores.opening(rows)

    def _passes(self, runs: str, ranges: Sequence[str]) -> Tuple[Tuple[str, ...], List[List[Task]]]:
        """Returns the words by which a merge finds the near copies, and the stages that find them first."""
        if not self.near:
            return (), []
        folder = os.path.join(self.folder, "near")
        near = (f"--near-folder={folder}",)
        # Weights do not matter to the passes, so that of the merge's options they take the memory alone.
        memory = tuple(word for word in self.merge if word.startswith("--memory="))

        def task(name: str, index: int, part: str) -> Task:
            partitions = () if name == "copies" else (f"--partitions={part}",)
            words = ("merge", runs, *memory, *near, f"--near-pass={name}", *partitions, "--progress=none")
            return Task(
                name, index, words, output=os.path.join(folder, f"{name}-{part}", "output.json"), store=self._store
            )

        shared = [[task(name, k, part) for k, part in enumerate(ranges)] for name in ("pairs", "counts")]
        return near, [*shared, [task("copies", 0, f"0-{PARTITIONS - 1}")]]

    def _output(self, stage: str, index: int, words: Tuple[str, ...], path: str) -> Task:
        return Task(stage, index, (*words, f"--output={path}", "--progress=none"), output=path, store=self._store)

    def remaining(self, tasks: Sequence[Task]) -> List[Task]:
        """Returns the tasks of a stage that are still to be done."""
        if tasks[0].output is not None:
            there = {os.path.join(self.folder, name) for name in mirror.names(self.folder)}
            return [task for task in tasks if task.output not in there]
        done = {scan["task"] for scan in self._scans()["scans"] if scan["counts"] and scan["state"] == "complete"}
        return [task for task in tasks if f"{task.index}/{self.tasks}" not in done]

    def script(self) -> str:
        """Returns what is left to do as lines for a shell, stage by stage: what any driver runs."""
        lines = [f"cd {shlex.quote(self.root)}"]
        for stage in self.stages(attempts=False):
            todo = self.remaining(stage)
            lines += [f"# stage {stage[0].stage}"] if todo else []
            lines += [" ".join(map(shlex.quote, [_binary.command(), *task.words])) for task in todo]
        return "".join(line + "\n" for line in lines)

    # What is done

    def status(self) -> Status:
        """Says what is committed, from any machine that sees the folder, at any time."""
        scans = self._scans()
        names = mirror.names(self.folder)
        parts = [name for name in names if name.startswith("parts/") and name.endswith(".json")]
        is_done = "audit.json" in names
        return Status(
            tasks=self.tasks,
            tasks_done=scans["tasks_complete"],
            reducers=self.reducers,
            reducers_done=len(parts) if self.reducers > 1 else int(is_done),
            documents=scans["documents"],
            bytes=scans["bytes_committed"],
            is_done=is_done,
        )

    def _scans(self) -> Dict[str, Any]:
        if self._store is None:
            return _scan_status(self.folder)
        # Commits say it all.
        with mirror.scratch(self._store, "runs", ending=".json") as here:
            return _scan_status(here.home)

    def audit(self, outcomes: Sequence[Outcome] = ()) -> Audit:
        """Reads the finished audit; raises `DamagedError` with it where more was damaged or unread than allowed."""
        path = os.path.join(self.folder, "audit.json")
        content = mirror.read(path)
        if content is None:
            raise DatawallError(66, f"{path} is not there: the job is not done")
        audit = Audit.parse(content, path=None if self._store else path)
        damaged = [outcome for outcome in outcomes if outcome.code == 1]
        if damaged:
            raise DamagedError(1, f"{damaged[0].message} (stage {damaged[0].stage}, task {damaged[0].index})", audit)
        # Tasks that ran before have no outcome now.
        if not audit.complete and not any(word.startswith("--max-damaged") for word in self.scan):
            raise DamagedError(1, f"{path} is not complete: its problems and skipped files say why", audit)
        return audit


def run_task(task: Task, root: str, children: Optional[List[subprocess.Popen[bytes]]] = None) -> Outcome:
    """Runs a task to its end, where an engine has put it.

    A folder in use is waited for, since the engine would count it as a failure. What no other try can mend is an
    outcome, so that the engine does not try again: `raise_failures` raises it where the job was started. A machine that
    failed raises here, for the engine to try elsewhere. `children` takes up the processes that are started.
    """
    words = [*stores.here(task.words), *([f"--attempt={attempt_number()}"] if task.attempts else [])]
    with ExitStack() as stack:
        environment: Dict[str, str] = {}
        if any(word.startswith(stores.CLIENT) for word in task.words):
            environment = stack.enter_context(stores.serving())
        here = None
        if task.store is not None:
            parts = ["listing.jsonl"] if task.stage == "scan" else ["runs", "near", "parts"]
            here = stack.enter_context(mirror.scratch(task.store, *parts))
            # The audit names the listing, so that its path must not be that of a scratch folder.
            listed = f"--listing={task.store}/"
            root = here.home if any(word.startswith(listed) for word in words) else root
            words = [word.replace(listed, "--listing=").replace(task.store, here.home) for word in words]
        code, message = _run(words, root, children, environment)
        if code < 0 or code > 128 or code in (IN_USE, MACHINE_FAILED):
            raise _process.Finished(tuple(words), code, b"", message).error
        if here is not None and code in (0, 1):
            here.upload()
    return Outcome(task.stage, task.index, code, message)


def _run(
    words: Sequence[str],
    root: str,
    children: Optional[List[subprocess.Popen[bytes]]],
    environment: Mapping[str, str],
) -> Tuple[int, str]:
    """Runs a command until its folder is not in use by another; returns its status and its sentence."""
    code, message = IN_USE, ""
    for _ in range(PATIENT_TRIES):
        child = _process.start(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, directory=root, environment=environment
        )
        if children is not None:
            children.append(child)
        try:
            message, _ = _process.listen(child)
            code = child.wait()
        except BaseException:
            _process.interrupt(child)
            raise
        if code != IN_USE:
            break
        time.sleep(PATIENCE * (0.5 + random.random()))
    return code, message


def raise_failures(outcomes: Sequence[Outcome]) -> None:
    """Raises the first outcome that is a failure."""
    for outcome in outcomes:
        if outcome.code not in (0, 1):
            raise DatawallError(outcome.code, f"stage {outcome.stage}, task {outcome.index}: {outcome.message}")


def attempt_number() -> int:
    """Returns the number of a new try, higher than all before it and different from those of its copies.

    It has 53 bits: milliseconds, and 12 drawn ones for copies that start in the same one.
    """
    return (time.time_ns() // 1_000_000 << 12) + random.SystemRandom().randrange(1 << 12)


def _merged(options: Mapping[str, Any], top_copies: int) -> Dict[str, Any]:
    """Returns what a merge takes of the options of a scan."""
    kept = {name: options[name] for name in ("manifest", "memory", "benchmarks") if name in options}
    return {**kept, "top_copies": top_copies or None}


def _scan_status(folder: str) -> Dict[str, Any]:
    runs = os.path.join(folder, "runs")
    if not os.path.isdir(runs) or not os.listdir(runs):
        return {"tasks_complete": 0, "documents": 0, "bytes_committed": 0, "scans": []}
    done = _process.run(["scan", "--status", runs, "--json"])
    if done.code not in (0, 1):
        raise done.error
    return json.loads(done.output)


def _check_files(folder: str, options: Mapping[str, Any]) -> None:
    """Refuses files of options that a task in a scratch folder would not find."""
    for name in ("manifest", "benchmarks"):
        path = options.get(name)
        if stores.is_remote(folder) and path is not None and not os.path.isabs(path):
            raise ValueError(f"{name} must be an absolute path where the job's folder is in a store, not {path}")


def _listed(folder: str, urls: Sequence[str]) -> int:
    """Lists the shards of a new job; returns their bytes. A job that goes on keeps its listing."""
    path = os.path.join(folder, "listing.jsonl")
    rows = mirror.read(path)
    if rows is None:
        rows = stores.listing(urls)
        mirror.write(path, rows)
    return sum(json.loads(row)["bytes"] for row in rows.splitlines())


def _size(paths: Sequence[StrPath]) -> int:
    """Returns the bytes of all files below some paths."""
    size = 0
    for path in paths:
        size += os.path.getsize(path) if os.path.isfile(path) else 0
        for folder, _, names in os.walk(os.fspath(path)):
            # A link that leads nowhere has no size; the scan names it.
            files = (os.path.join(folder, name) for name in names)
            size += sum(os.path.getsize(file) for file in files if os.path.isfile(file))
    return size
