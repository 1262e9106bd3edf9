"""Audits of documents from memory: jobs push them, and an audit adds the finished jobs up."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import threading
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, Any, List, NoReturn, Optional, Tuple, Type
from urllib.parse import quote

from . import _options, _process
from .documents import Column, DocumentWriter, Texts, frame_column
from .errors import DatawallError, DatawallWarning
from .job import attempt_number
from .results import Audit, StrPath

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ._options import MergeArguments, PushArguments

#: Texts of single documents that wait for a block of their own.
PENDING_DOCUMENTS = 8192
PENDING_CHARACTERS = 4 << 20


class Builder:
    """Gathers documents that a program pushes into a folder, job by job, and audits them.

        with dw.Builder("runs/", tokenizer="gpt2") as builder:
            with builder.job("part-0007") as job:
                job.add_batch(texts, source="web", quality=scores)
            audit = builder.audit()

    Options are those of `datawall scan`. Several processes and machines may push into one folder, each its own jobs. A
    job counts once it is finished, whole; an attempt at a job takes the place of earlier ones. A job that was begun and
    not finished makes `audit` refuse by name, until it is pushed again.
    """

    def __init__(self, runs: StrPath, **options: Unpack[PushArguments]) -> None:
        self.runs = os.fspath(runs)
        self._words = _process.options("push", _options.PushArguments, options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def job(self, name: str, *, attempt: Optional[int] = None) -> PushedJob:
        """Begins an attempt at a job.

        A folder in the name is the source of documents that have none (`web/part-0007`). Of several attempts the
        highest that is finished counts; without a number an attempt is higher than all before it.
        """
        number = attempt_number() if attempt is None else attempt
        return PushedJob(name, number, self._folder(name), self._words)

    def audit(self, **options: Unpack[MergeArguments]) -> Audit:
        """Audits all jobs of the folder: `datawall merge`."""
        from .commands import merge

        try:
            folders = sorted(os.path.join(self.runs, name) for name in os.listdir(self.runs))
        except FileNotFoundError:
            folders = []
        if not folders:
            raise DatawallError(66, f"{self.runs} contains no job; push documents first")
        return merge(*folders, **options)

    def _folder(self, job: str) -> str:
        """Returns the folder of a job: its name, with what is no part of a file's name written as %2F."""
        return os.path.join(self.runs, "job-" + quote(job, safe=" "))


class PushedJob:
    """One attempt at a job: takes documents, and counts once it is finished.

    It belongs to one thread at a time. As a context it finishes at its end, and is discarded by an exception.
    """

    def __init__(self, name: str, attempt: int, folder: str, options: List[str]) -> None:
        self.name = name
        self._attempt = attempt
        self._folder = folder
        words = ["scan", "-", "--format=documents", f"--name={name}", f"--runs={folder}", f"--attempt={attempt}"]
        self._words = (*words, "--restart", "--progress=none", *options)
        self._pid = os.getpid()
        self._pending: List[Tuple[str, Optional[str], Optional[float]]] = []
        self._characters = 0
        self._said: Tuple[str, List[str]] = ("", [])
        self._child: Optional[subprocess.Popen[bytes]] = _process.start(
            self._words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, follows=False
        )
        self._listener = threading.Thread(target=self._listen, args=(self._child,), daemon=True)
        self._listener.start()
        try:
            self._writer = DocumentWriter(self._input(self._child))
        except BrokenPipeError:
            self._fail()

    def add(self, text: str, *, source: Optional[str] = None, quality: Optional[float] = None) -> None:
        """Adds one document; documents are pushed in blocks."""
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"a text is {text!r:.40} ({type(text).__name__}), not str")
        if self._pending and (self._pending[0][1] is None) != (source is None):
            self._flush()
        self._pending.append((text, source, quality))
        self._characters += len(text)
        if len(self._pending) >= PENDING_DOCUMENTS or self._characters >= PENDING_CHARACTERS:
            self._flush()

    def add_batch(self, texts: Texts, *, source: Column = None, quality: Column = None) -> None:
        """Adds documents: a list, an Arrow array, a NumPy array, or a series of pandas or polars.

        `source` and `quality` are one value for all of them, or a column. Arrow's arrays are pushed without a copy.
        """
        self._flush()
        self._push(texts, source, quality)

    def add_frame(self, frame: Any, *, text: str = "text", source_key: str = "", quality_key: str = "") -> None:
        """Adds the rows of an Arrow batch or table, or of a data frame of pandas or polars, by names of columns."""
        source, quality = (frame_column(frame, key) if key else None for key in (source_key, quality_key))
        self.add_batch(frame_column(frame, text), source=source, quality=quality)

    def finish(self) -> None:
        """Ends the attempt and lets it count; its runs are durable when this returns."""
        self._flush()
        child = self._running()
        try:
            self._writer.finish()
        except BrokenPipeError:
            self._fail()
        self._end(child)
        if child.returncode not in (0, 1):
            raise self._error(child)
        message, notes = self._said
        for note in [*notes, *([message] if child.returncode == 1 else [])]:
            warnings.warn(f"{self.name}: {note}", DatawallWarning, stacklevel=2)

    def discard(self) -> None:
        """Ends the attempt as if it had never begun."""
        child = self._child
        if child is not None and self._pid == os.getpid():
            child.kill()
            self._end(child)
            self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        if kind is None:
            self.finish()
        else:
            self.discard()

    # Pushing

    def _push(self, texts: Texts, source: Column, quality: Column) -> None:
        self._running()
        try:
            self._writer.add(texts, source=source, quality=quality)
        except BrokenPipeError:
            self._fail()

    def _flush(self) -> None:
        if self._pending:
            texts, sources, scores = zip(*self._pending)
            self._pending, self._characters = [], 0
            quality = None if all(score is None for score in scores) else list(scores)
            self._push(list(texts), None if sources[0] is None else list(sources), quality)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._pid != os.getpid():
            raise RuntimeError(f"the job {self.name} was begun in another process; begin one here, with its own name")
        if self._child is None:
            raise RuntimeError(f"the job {self.name} has ended; begin another attempt")
        return self._child

    def _input(self, child: subprocess.Popen[bytes]) -> int:
        assert child.stdin is not None
        return child.stdin.fileno()

    def _listen(self, child: subprocess.Popen[bytes]) -> None:
        self._said = _process.listen(child)

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        """Closes the pipe and waits for the command."""
        self._child = None
        assert child.stdin is not None
        child.stdin.close()
        try:
            child.wait()
        except BaseException:
            _process.interrupt(child)
            raise
        self._listener.join()

    def _fail(self) -> NoReturn:
        """Raises what the command said when it ended before the documents did."""
        child = self._running()
        self._end(child)
        raise self._error(child) from None

    def _error(self, child: subprocess.Popen[bytes]) -> DatawallError:
        return _process.Finished(self._words, child.returncode, b"", self._said[0]).error

    def _remove(self) -> None:
        """Removes what this attempt wrote."""
        mark = re.compile(rf"-attempt-0*{self._attempt}$")
        for entry in os.scandir(self._folder) if os.path.isdir(self._folder) else ():
            if mark.search(entry.name):
                shutil.rmtree(entry.path, ignore_errors=True)
        with contextlib.suppress(OSError):  # Another attempt is in it.
            os.rmdir(self._folder)
