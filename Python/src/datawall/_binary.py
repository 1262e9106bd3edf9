"""Finds the command `datawall`: `DATAWALL_BINARY`, the wheel's own, or the one on `PATH`."""

from __future__ import annotations

import errno
import functools
import os
import pkgutil
import shutil
import subprocess
import tempfile
from typing import Iterator, Optional

from . import __version__
from .errors import DatawallError

#: Exit status for a command that is not there or cannot be run, as a shell has it.
UNUSABLE = 127


def command() -> str:
    """Returns the path of the command.

    Raises `DatawallError` where there is none, it cannot run here, or its version is not this package's.
    """
    path = _find(os.environ.get("DATAWALL_BINARY"), os.environ.get("PATH"))
    # The time of the last change is part of the key: a newer file at the same path has another version.
    found = version(path, os.stat(path).st_mtime_ns)
    if found != __version__:
        raise DatawallError(
            UNUSABLE,
            f"{path} is datawall {found}, and this package is {__version__}: install both from one release, or set "
            "DATAWALL_BINARY to the right one",
        )
    return path


@functools.cache
def version(path: str, modified: int = 0) -> str:
    """Returns the version of a command; raises `DatawallError` where it cannot be run."""
    try:
        done = subprocess.run([path, "--version"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except OSError as error:
        raise DatawallError(UNUSABLE, f"{path} {unusable(error)}") from error
    if done.returncode != 0:
        said = done.stdout.decode(errors="replace").strip()
        raise DatawallError(UNUSABLE, f"{path} does not run here (status {done.returncode}): {said}")
    return done.stdout.decode().strip()


def unusable(error: OSError) -> str:
    """Says why a command cannot be started, and what to do."""
    if error.errno == errno.ENOEXEC:
        return "is not a program for this processor: the wheel is for Linux on x86-64"
    if error.errno == errno.EACCES:
        return "may not be executed: set its run bit (chmod +x), or move it from a folder mounted with noexec"
    return f"cannot be started: {error.strerror}"


@functools.cache
def _find(named: Optional[str], path: Optional[str]) -> str:
    if named:
        if not os.path.isfile(named):
            raise DatawallError(UNUSABLE, f"DATAWALL_BINARY names {named}, which is not a file")
        return _runnable(named)
    own = os.path.join(os.path.dirname(__file__), "bin", "datawall")
    if os.path.isfile(own):
        return _runnable(own)
    packed = _packed()
    if packed is not None:
        return _copied(packed)
    for found in _on_path(path):
        return found
    raise DatawallError(
        UNUSABLE,
        "there is no datawall command: install the wheel for Linux on x86-64, or build the command (make build) and "
        "put it on PATH or name it with DATAWALL_BINARY",
    )


def _packed() -> Optional[bytes]:
    """Returns the command of a package that was imported from an archive."""
    if os.path.isdir(os.path.dirname(__file__)):
        return None
    try:
        return pkgutil.get_data("datawall", "bin/datawall")
    except OSError:
        return None


def _on_path(path: Optional[str]) -> Iterator[str]:
    """Yields programs on PATH; not the script that starts this package."""
    for folder in (path or "").split(os.pathsep):
        candidate = os.path.join(folder or os.curdir, "datawall")
        if os.access(candidate, os.X_OK) and os.path.isfile(candidate):
            with open(candidate, "rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield candidate


def _runnable(path: str) -> str:
    """Returns a file that may be executed: itself, or a copy where its run bit was lost and cannot be set."""
    if os.access(path, os.X_OK):
        return path
    try:
        os.chmod(path, 0o755)
        return path
    except OSError:
        with open(path, "rb") as file:
            return _copied(file.read())


def _copied(content: bytes) -> str:
    """Copies the command to the user's cache, and returns the copy's path."""
    return cached(content, __version__, "datawall", mode=0o755)


def cached(content: bytes, folder: str, name: str, mode: int = 0o644) -> str:
    """Writes a file into the user's cache, whole or not at all, and returns its path."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = os.path.join(cache, "datawall", folder)
    path = os.path.join(folder, name)
    try:
        os.makedirs(folder, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, mode)
        shutil.move(temporary, path)
    except OSError as error:
        raise DatawallError(UNUSABLE, f"{name} cannot be written to {folder}: {error.strerror}") from error
    return path
