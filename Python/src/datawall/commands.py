"""The subcommands as functions: options have the command's names, with underscores for hyphens."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from typing import TYPE_CHECKING, Any, Iterable, List, Mapping, Optional, Tuple, Type, Union

from . import _options, _process, stores
from ._process import StrPath
from .errors import DamagedError
from .progress import Watcher
from .results import Audit, Fit, Kind, Mixture, Plan, Result

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._options import AuditArguments, FitArguments, MergeArguments, MixArguments, PlanArguments

Table = Union[StrPath, Iterable[Mapping[str, Any]], Any]


def audit(
    *paths: StrPath,
    progress: Watcher = False,
    storage_options: Optional[Mapping[str, Any]] = None,
    **options: Unpack[AuditArguments],
) -> Audit:
    """Counts what a corpus holds: `datawall audit`.

    Paths are those of this machine, or all are URLs that fsspec reads (`s3://bucket/corpus`), with its
    `storage_options`. `progress` is True for a bar, or a function that takes each `Progress`.
    Raises `DamagedError`, which carries the audit, where more was damaged or left unread than allowed.
    """
    words = ["audit", *_process.options("audit", _options.AuditArguments, options)]
    with stores.corpus(paths, storage_options) as (read, environment):
        return _made(Audit, [*words, *read], accepts=(0, 1), watch=progress, environment=environment)


def merge(*folders: StrPath, progress: Watcher = False, **options: Unpack[MergeArguments]) -> Audit:
    """Merges the runs of scans into an audit: `datawall merge`. `progress` is as in `audit`."""
    words = ["merge", *_process.paths(folders), *_process.options("merge", _options.MergeArguments, options)]
    return _made(Audit, words, accepts=(0, 1), watch=progress)


def plan(data: Union[Audit, Table, None] = None, **options: Unpack[PlanArguments]) -> Plan:
    """Plans a training run: `datawall plan`.

    `data` is an audit, the path of one or of a table of sources (CSV), or the table itself as a frame; `supply` names a
    published corpus instead.
    """
    words, stdin, before = _supplied(data)
    words = ["plan", *words, *_process.options("plan", _options.PlanArguments, options)]
    return _made(Plan, words, stdin=stdin, before=before)


def mix(data: Union[Audit, Table, None] = None, **options: Unpack[MixArguments]) -> Mixture:
    """Chooses how much of each source to train on: `datawall mix`. `data` is what `plan` takes."""
    words, stdin, before = _supplied(data)
    words = ["mix", *words, *_process.options("mix", _options.MixArguments, options)]
    return _made(Mixture, words, stdin=stdin, before=before)


def fit(runs: Table, **options: Unpack[FitArguments]) -> Fit:
    """Fits a law to training runs: `datawall fit`. `runs` is the path of a table, or the table as a frame."""
    words, stdin, before = _supplied(runs)
    words = ["fit", *words, *_process.options("fit", _options.FitArguments, options)]
    with tempfile.TemporaryDirectory(prefix="datawall-") as folder:
        law = os.path.join(folder, "law.json")
        done = _process.run([*words, "--json", f"--output={law}"], stdin=stdin)
        if done.code != 0:
            raise done.error
        result = Fit.parse(done.output, command=before + _process.line([*words, "--json"]))
        with open(law, "rb") as file:
            vars(result)["law_file"] = file.read()
    return result


def _made(
    kind: Type[Kind],
    words: List[str],
    *,
    stdin: Optional[bytes] = None,
    before: str = "",
    accepts: Tuple[int, ...] = (0,),
    watch: Watcher = False,
    environment: Optional[Mapping[str, str]] = None,
) -> Kind:
    """Runs a command that writes a file and prints tables; returns both as one result."""
    with tempfile.TemporaryDirectory(prefix="datawall-") as folder:
        path = os.path.join(folder, f"{words[0]}.json")
        done = _process.run([*words, f"--output={path}"], stdin=stdin, watch=watch, environment=environment)
        if done.code not in accepts or not os.path.exists(path):
            raise done.error
        with open(path, "rb") as file:
            content = file.read()
    line = before + _process.line([*words, "--json"])
    result = kind.parse(content, text=done.output.decode(), command=line)
    if done.code != 0 and isinstance(result, Audit):
        raise DamagedError(done.code, done.message, result)
    return result


def _supplied(value: Union[Result, Table, None]) -> Tuple[List[str], Optional[bytes], str]:
    """Returns how a command takes a supply or a table: its words, its standard input, and what a shell puts before."""
    if value is None:
        return [], None, ""
    if isinstance(value, Result):
        return value.argument()
    if isinstance(value, (str, os.PathLike)):
        return _process.paths([value]), None, ""
    return ["-"], _csv(value), ""


def _csv(table: Any) -> bytes:
    """Returns a frame of pandas, polars or Arrow, or a sequence of dictionaries, as CSV."""
    for method, arguments in (("to_pylist", ()), ("to_dicts", ()), ("to_dict", ("records",))):
        if hasattr(table, method):
            rows: List[Mapping[str, Any]] = getattr(table, method)(*arguments)
            break
    else:
        rows = list(table)
    names = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, names)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()
