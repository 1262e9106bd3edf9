"""Runs the command: options to words, one child process, its end to a result or an exception."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
import warnings
from dataclasses import dataclass
from typing import Any, Callable, List, Mapping, Optional, Sequence, Tuple, Type, Union, cast

from . import _binary, _options
from .errors import DatawallError, DatawallWarning
from .progress import Watcher, watcher

StrPath = Union[str, "os.PathLike[str]"]

#: Seconds that a child has to end after an interrupt, before it is killed. It cleans up within two.
GRACE = 10.0


@dataclass(frozen=True)
class Finished:
    """How the command ended, and what it said."""

    words: Tuple[str, ...]
    code: int
    output: bytes
    message: str

    @property
    def error(self) -> DatawallError:
        """The exception for this end."""
        if self.code < 0:
            name = signal.Signals(-self.code).name
            return DatawallError(
                self.code, f"the command was ended by {name}{': ' if self.message else ''}{self.message}"
            )
        return DatawallError(self.code, self.message or f"the command ended with status {self.code}")


def line(words: Sequence[str]) -> str:
    """Returns words as a line for a shell."""
    return " ".join(map(shlex.quote, ["datawall", *words]))


def options(subcommand: str, known: Type[Any], given: Mapping[str, Any]) -> List[str]:
    """Returns options as words of the command line.

    Names are checked before anything runs. `None` leaves an option out; a sequence repeats it; a mapping is written as
    the command reads it (`weight={"web": 0.7}`, `quality_map={0: 0.2, 3: 1}`).
    """
    words: List[str] = []
    for name, value in given.items():
        if name not in known.__annotations__:
            import difflib

            near = difflib.get_close_matches(name, known.__annotations__, n=3)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise TypeError(f"no option {name!r} for {subcommand}{hint}")
        value: Any
        if value is None:
            continue
        flag = "--" + name.rstrip("_").replace("_", "-")
        repeats = name in _options.REPEATED[subcommand]
        if isinstance(value, bool):
            if not value and name in _options.NEGATABLE[subcommand]:
                words.append("--no-" + flag[2:])
            elif name not in _options.FLAGS[subcommand]:
                raise TypeError(f"{name} takes a value, not {value}")
            elif value:
                words.append(flag)
        elif isinstance(value, Mapping):
            items = cast("Mapping[Any, Any]", value).items()
            if repeats:
                words += [f"{flag}={text(key)}={text(item)}" for key, item in items]
            else:
                words.append(f"{flag}={','.join(f'{text(key)}:{text(item)}' for key, item in items)}")
        elif repeats and isinstance(value, (list, tuple)):
            words += [f"{flag}={text(item)}" for item in cast("Sequence[Any]", value)]
        else:
            words.append(f"{flag}={text(value)}")
    return words


def text(value: Any) -> str:
    """Returns a value as the command reads it."""
    return os.fsdecode(cast("StrPath", value)) if isinstance(value, (bytes, os.PathLike)) else str(value)


def paths(values: Sequence[Any]) -> List[str]:
    """Returns paths as words that no option can be mistaken for."""
    words = [text(value) for value in values]
    return ["./" + word if word.startswith("-") and word != "-" else word for word in words]


def run(
    words: Sequence[str],
    *,
    stdin: Optional[bytes] = None,
    watch: Watcher = False,
    environment: Optional[Mapping[str, str]] = None,
) -> Finished:
    """Runs the command to its end, however it ends.

    An interrupt (Ctrl-C, a notebook's stop) reaches the child as one, so that it ends as it does in a terminal and its
    folders go on from there. What the command notes on the way becomes a `DatawallWarning`. `watch` is called in this
    thread, and what it raises ends the command.
    """
    report = watcher(watch)
    if report is not None:
        words = [*words, "--progress=json"]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as output:
        source.write(stdin or b"")
        source.seek(0)
        given = source if stdin is not None else subprocess.DEVNULL
        child = start(words, stdin=given, stdout=output, environment=environment)
        try:
            message, notes = listen(child, report)
            code = child.wait()
        except BaseException:
            interrupt(child)
            raise
        output.seek(0)
        content = output.read()
    if code == 128 + signal.SIGINT:
        raise KeyboardInterrupt
    for note in notes:
        warnings.warn(note, DatawallWarning, stacklevel=4)
    return Finished(tuple(words), code, content, message)


def start(
    words: Sequence[str],
    *,
    stdin: Any,
    stdout: Any,
    follows: bool = True,
    directory: Optional[str] = None,
    environment: Optional[Mapping[str, str]] = None,
) -> subprocess.Popen[bytes]:
    """Starts the command apart from this process's terminal, so that one interrupt is one interrupt.

    A child that follows ends when the thread that started it does, as it does where its process is killed.
    """
    path = _binary.command()
    parent = {"DATAWALL_PARENT": str(os.getpid())} if follows else {}
    try:
        return subprocess.Popen(
            [path, *words],
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env={**os.environ, **parent, **(environment or {})},
            cwd=directory,
            start_new_session=True,
        )
    except OSError as error:
        raise DatawallError(_binary.UNUSABLE, f"{path} {_binary.unusable(error)}") from error


def interrupt(child: subprocess.Popen[bytes]) -> None:
    """Ends a child as Ctrl-C does, and waits for it."""
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(GRACE)
        except BaseException as error:
            child.kill()
            child.wait()
            if not isinstance(error, subprocess.TimeoutExpired):  # Interrupted again.
                raise


def listen(child: subprocess.Popen[bytes], report: Optional[Callable[[str], None]] = None) -> Tuple[str, List[str]]:
    """Reads what the command writes to standard error; returns its sentence and its notes."""
    mark, note = "datawall: ", "datawall: note: "
    sentences: List[str] = []
    notes: List[str] = []
    assert child.stderr is not None
    with child.stderr:
        for raw in child.stderr:
            said = raw.decode(errors="replace").rstrip("\n")
            if report is not None and said.startswith("{"):
                report(said)
            elif said.startswith(note):
                notes.append(said[len(note) :])
            else:
                sentences.append(said[len(mark) :] if said.startswith(mark) else said)
    return "\n".join(sentences).strip(), notes
