"""Shards that fsspec reads: S3, GCS, Azure, HTTP, `hf://`, `memory://`, with the credentials that Python finds there.

The command opens no sockets. This process lists the objects once; then the command starts `python -m datawall.stores`
for each, which gets the object's bytes from this process, or from fsspec itself where no such process listens.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import shlex
import shutil
import socket
import sys
import tempfile
import threading
from contextlib import contextmanager
from typing import Any, Dict, Generator, Iterator, List, Mapping, Optional, Sequence, Tuple

from . import _binary, _process
from .errors import DatawallError

#: Bytes that are asked for at a time: the size of a ranged request.
BLOCK = 8 << 20
#: How the option begins that fetches objects by this module.
CLIENT = "--open=python3 -m datawall.stores "
#: Where the process that serves objects listens.
SOCKET = "DATAWALL_STORES"


def is_remote(path: Any) -> bool:
    """Returns whether a path is a URL that fsspec reads."""
    return isinstance(path, str) and "://" in path


def filesystem(url: str, options: Optional[Mapping[str, Any]] = None) -> Tuple[Any, str]:
    """Returns the file system of a URL, and the path on it; nothing that was listed before is remembered."""
    try:
        core: Any = importlib.import_module("fsspec.core")
        found, path = core.url_to_fs(url, **(options or {}))
    except ImportError as error:
        raise DatawallError(64, f"{url} needs another package: {error}; install fsspec and the store's own") from error
    except ValueError as error:
        raise DatawallError(64, f"{url} cannot be read: {error}") from error
    found.invalidate_cache()
    return found, path


def listing(urls: Sequence[str], options: Optional[Mapping[str, Any]] = None) -> bytes:
    """Lists the objects below URLs, or those that a glob matches, as the command's `--listing` has them.

    Sources are those that the command would find below a folder of this machine.
    """
    rows: Dict[str, Dict[str, Any]] = {}
    for url in urls:
        store, root = filesystem(url, options)
        is_glob = "*" in root
        try:
            found: Mapping[str, Any] = (store.glob if is_glob else store.find)(root, detail=True)
        except OSError as error:
            raise DatawallError(66, f"{url} cannot be listed: {error}") from error
        files = {path: known for path, known in found.items() if known["type"] == "file"}
        if not files:
            raise DatawallError(66, f"{url} has no objects")
        for path, known in files.items():
            name = store.unstrip_protocol(path)
            if known.get("size") is None:
                raise DatawallError(65, f"the store does not say how large {name} is, so a cut could not be noticed")
            folder = path.rpartition("/")[0] if is_glob or path == root else root.rstrip("/")
            rows[name] = {"path": name, "bytes": known["size"], "source": _source(path, folder), "etag": _tag(known)}
    # The command refuses to be asked for a tag that some objects do not have.
    if any(row["etag"] is None for row in rows.values()):
        for row in rows.values():
            del row["etag"]
    return "".join(json.dumps(rows[name]) + "\n" for name in sorted(rows)).encode()


def _source(path: str, folder: str) -> str:
    """Returns the first folder below another one on the way to an object; for an object in it, its own name."""
    below = path[len(folder) :].strip("/").split("/")[:-1]
    below = below[1:] if below[:1] == ["documents"] else below
    return below[0] if below else folder.rpartition("/")[2] or "/"


def _tag(known: Mapping[str, Any]) -> Optional[str]:
    """Returns the store's tag of a content: of S3, of GCS and Azure, of the Hub."""
    return next((str(known[name]) for name in ("ETag", "etag", "blob_id") if known.get(name)), None)


def opening(rows: bytes) -> str:
    """Returns the option by which the command fetches the objects of a listing.

    Parquet is read from its end, so that objects come as files where one of them is Parquet.
    """
    objects = [json.loads(row) for row in rows.splitlines()]
    words = ["{path}"]
    words += ["--file={file}"] if any(row["path"].lower().endswith(".parquet") for row in objects) else []
    words += ["--etag={etag}"] if all("etag" in row for row in objects) else []
    return CLIENT + shlex.join(words)


def here(words: Sequence[str]) -> List[str]:
    """Returns the words of a command, with the Python of this process in the option that `opening` made."""
    python = CLIENT.replace("python3", shlex.quote(sys.executable))
    return [python + word[len(CLIENT) :] if word.startswith(CLIENT) else word for word in words]


@contextmanager
def corpus(paths: Sequence[Any], options: Optional[Mapping[str, Any]]) -> Generator[Tuple[List[str], Dict[str, str]]]:
    """Yields the words by which the command reads a corpus, and the environment that it needs."""
    remote = [path for path in paths if is_remote(path)]
    if not remote:
        yield _process.paths(paths), {}
        return
    if len(remote) != len(paths):
        raise ValueError("some paths are URLs and some are not: audit each kind by a scan of its own, and merge them")
    rows = listing(remote, options)
    # The audit names its listing, so that this stays, under one name for one content.
    kept = _binary.cached(rows, "listings", f"{hashlib.sha256(rows).hexdigest()[:16]}.jsonl")
    with serving(options) as environment:
        yield here([f"--listing={kept}", opening(rows)]), environment


@contextmanager
def serving(options: Optional[Mapping[str, Any]] = None) -> Generator[Dict[str, str]]:
    """Serves objects to the commands that start with the environment that this yields, until it ends.

    Connections stay open between objects, and `options` (`storage_options` of fsspec) stay in this process.
    """
    folder = tempfile.mkdtemp(prefix="datawall-")
    server = socket.socket(socket.AF_UNIX)
    try:
        server.bind(os.path.join(folder, "socket"))
        server.listen()

        def accept() -> None:
            while True:
                try:
                    client = server.accept()[0]
                except OSError:  # Closed: the command has ended.
                    return
                threading.Thread(target=_serve, args=(client, options), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield {SOCKET: os.path.join(folder, "socket"), **_importable()}
    finally:
        # A thread that waits for a connection is not woken where the socket is only closed.
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


def _importable() -> Dict[str, str]:
    """Returns the environment in which a Python finds this package."""
    home = os.path.dirname(os.path.dirname(__file__))
    return {"PYTHONPATH": os.pathsep.join(filter(None, [home, os.environ.get("PYTHONPATH")]))}


def _serve(client: socket.socket, options: Optional[Mapping[str, Any]]) -> None:
    """Answers one request: blocks, each after its length in four bytes, then a length of 0 and what failed."""
    with client, client.makefile("rwb") as stream:
        failure = ""
        try:
            request = json.loads(stream.readline())
            for block in _blocks(request["path"], request["etag"], options):
                stream.write(len(block).to_bytes(4, "big") + block)
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as error:  # Whatever a store's client raises.
            failure = f"{type(error).__name__}: {error}"
        try:
            stream.write(bytes(4) + failure.encode())
        except OSError:
            return


def _blocks(path: str, etag: Optional[str], options: Optional[Mapping[str, Any]] = None) -> Iterator[bytes]:
    """Reads an object that still is the one that was listed."""
    store, name = filesystem(path, options)
    with store.open(name, "rb", block_size=BLOCK) as file:
        if etag is not None:
            known: Mapping[str, Any] = getattr(file, "details", None) or store.info(name)
            if _tag(known) != etag:
                raise DatawallError(65, f"{path} has changed since it was listed: make a new listing")
        while block := file.read(BLOCK):
            yield block


def _fetched(path: str, etag: Optional[str]) -> Iterator[bytes]:
    """Gets an object from the process that serves it, or from fsspec."""
    address = os.environ.get(SOCKET)
    if address is None:
        yield from _blocks(path, etag)
        return
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(address)
        with server.makefile("rwb") as stream:
            stream.write(json.dumps({"path": path, "etag": etag}).encode() + b"\n")
            stream.flush()
            while len(header := stream.read(4)) == 4:
                size = int.from_bytes(header, "big")
                if size == 0:
                    failure = stream.read().decode(errors="replace")
                    if failure:
                        raise DatawallError(1, failure)
                    return
                yield stream.read(size)
    raise DatawallError(1, "the Python process that serves the objects has ended")


def main() -> None:
    """Writes one object to standard output or to a file."""
    parser = argparse.ArgumentParser(prog="python -m datawall.stores", description=main.__doc__)
    parser.add_argument("path")
    parser.add_argument("--file")
    parser.add_argument("--etag")
    given = parser.parse_args()
    try:
        with open(given.file or sys.stdout.fileno(), "wb") as output:
            for block in _fetched(given.path, given.etag):
                output.write(block)
    except BrokenPipeError:
        os._exit(1)
    except Exception as error:  # Whatever a store's client raises: a sentence, and the command tries again.
        print(f"{given.path}: {error}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
