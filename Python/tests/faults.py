"""A command that fails once, where and how a test wants it."""

from __future__ import annotations

from pathlib import Path

from datawall import _binary

SCRIPT = """\
#!/bin/sh
case "$1 $2 $*" in
    *--status* | *--version*) stage=none;;
    scan*) stage=scan;;
    *--partitions*) stage=reduce;;
    merge*) stage=merge;;
esac
# Of all that run at once, one takes the fault.
if mv "{folder}/$stage" "{folder}/taken.$$" 2> /dev/null; then
    . "{folder}/taken.$$"
fi
exec "{real}" "$@"
"""

KILL_COMMAND = "kill -9 $$"
#: The process that started the command: the driver, or an engine's worker.
KILL_PARENT = "kill -9 $PPID; exit 71"
MACHINE_FAILED = "echo 'datawall: no space left on this machine' >&2; exit 71"
#: The executor of Spark that this worker belongs to.
KILL_EXECUTOR = """\
process=$PPID
while [ "$process" -gt 1 ]; do
    if tr '\\0' ' ' < /proc/$process/cmdline | grep -q CoarseGrainedExecutorBackend; then
        kill -9 "$process"
        exit 71
    fi
    process=$(awk '/^PPid/ { print $2 }' /proc/$process/status)
done
"""


class Faults:
    """A program for `DATAWALL_BINARY`: the command, but that the next task of a stage fails if a test says so."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self.path = folder / "datawall"
        self.path.write_text(SCRIPT.format(folder=folder, real=_binary.command()))
        self.path.chmod(0o755)

    def add(self, stage: str, shell: str) -> None:
        (self.folder / stage).write_text(shell + "\n")

    @property
    def taken(self) -> int:
        return len(list(self.folder.glob("taken.*")))
