"""Folders of jobs that may be in an object store: tasks work in a scratch folder, and upload what they made.

An object is there whole or not at all, and commits are uploaded after what they name. So a try that dies on the way
counts for nothing, as on a shared file system.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import partial
from typing import Any, Callable, Generator, Iterator, List, Optional, Sequence, Tuple

from .stores import filesystem, is_remote


def read(path: str) -> Optional[bytes]:
    """Returns the content of a file, or `None` where it is not there."""
    try:
        if is_remote(path):
            store, name = filesystem(path)
            return store.cat_file(name)
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def write(path: str, content: bytes) -> None:
    """Writes a file, whole or not at all."""
    if is_remote(path):
        store, name = filesystem(path)
        _put(store, name, lambda: store.pipe_file(name, content))
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path))
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)


def names(folder: str) -> List[str]:
    """Returns the paths of all files below a folder, counted from it."""
    if is_remote(folder):
        store, root = filesystem(folder)
        return [path[len(root) :].strip("/") for path in store.find(root)]
    return [os.path.relpath(path, folder) for path in _files(folder)]


class Scratch:
    """A folder of this machine with what some parts of a store's folder hold."""

    def __init__(self, folder: str, home: str, parts: Sequence[str], ending: str) -> None:
        self.home = home
        self._store, self._root = filesystem(folder)
        for name in parts:
            if "." not in name:
                os.mkdir(os.path.join(home, name))
        for path in self._store.find(self._root):
            name = path[len(self._root) :].strip("/")
            if name.split("/")[0] in parts and name.endswith(ending):
                os.makedirs(os.path.dirname(os.path.join(home, name)), exist_ok=True)
                self._store.get_file(path, os.path.join(home, name))
        self._before = set(_files(home))

    def upload(self) -> None:
        """Uploads what is new."""
        made = [path for path in _files(self.home) if path not in self._before and os.path.basename(path) != "lock"]
        for path in sorted(made, key=_order):
            name = f"{self._root}/{os.path.relpath(path, self.home)}"
            _put(self._store, name, partial(self._store.put_file, path, name))


@contextmanager
def scratch(folder: str, *parts: str, ending: str = "") -> Generator[Scratch]:
    """Downloads parts of a store's folder, files of one ending or all, for as long as the block runs."""
    with tempfile.TemporaryDirectory(prefix="datawall-") as home:
        yield Scratch(folder, home, parts, ending)


def _put(store: Any, name: str, write: Callable[[], None]) -> None:
    """Writes a file; makes its folder first where the store has folders, as HDFS and SFTP do."""
    try:
        write()
    except FileNotFoundError:
        store.makedirs(name.rpartition("/")[0], exist_ok=True)
        write()


def _order(path: str) -> Tuple[bool, int]:
    """Sorts files as the command made them, with those that commit others after these."""
    return path.endswith(".json"), os.stat(path).st_mtime_ns


def _files(folder: str) -> Iterator[str]:
    for place, _, files in os.walk(folder):
        yield from (os.path.join(place, name) for name in files)
