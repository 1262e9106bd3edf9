"""How far an audit or a merge has come."""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys
from dataclasses import dataclass
from typing import Any, Callable, Dict, Optional, Union


@dataclass(frozen=True)
class Progress:
    """A moment of an audit (bytes of its shards) or of a merge (records)."""

    done: int
    total: int
    unit: str
    seconds: float
    is_end: bool
    documents: Optional[int] = None
    repeated_share: Optional[float] = None


#: True for a bar (of tqdm where that is installed, else a line), or what takes each moment.
Watcher = Union[bool, Callable[[Progress], Any]]


def watcher(watch: Watcher) -> Optional[Callable[[str], None]]:
    """Returns what takes the lines of `--progress json`; `None` where nobody watches."""
    if watch is False:
        return None
    report = _bar() if watch is True else watch
    return lambda line: report(_moment(json.loads(line)))


def _moment(event: Dict[str, Any]) -> Progress:
    is_scan = event["command"] == "scan"
    return Progress(
        done=event["bytes_read"] if is_scan else event["records_counted"],
        total=event["bytes"] if is_scan else event["records"],
        unit="B" if is_scan else "records",
        seconds=event["seconds"],
        is_end=event["event"] == "end",
        documents=event.get("documents"),
        repeated_share=event.get("repeated_share"),
    )


def _bar() -> Callable[[Progress], None]:
    if importlib.util.find_spec("tqdm"):
        bar: Any = importlib.import_module("tqdm.auto").tqdm(unit_scale=True, leave=False)

        def show(now: Progress) -> None:
            bar.unit, bar.total = now.unit, now.total
            bar.update(now.done - bar.n)
            if now.is_end:
                bar.close()

        return show

    def write(now: Progress) -> None:
        share = f"{now.done / now.total:.0%}" if now.total else ""
        end = "\n" if now.is_end else ""
        sys.stderr.write(f"\rdatawall: {share} of {now.total:,} {now.unit}, {now.seconds:.0f} s{end}")

    return write
