"""Writes documents from memory as the stream that `--format documents` reads.

The format (PushedDocuments.md in the documentation of CorpusAudit) is Arrow's memory layout between small headers, so
Arrow columns are written as they lie in memory.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import math
import os
import struct
import sys
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import Any, List, Optional, Sequence, Tuple, cast

MAGIC = b"DWDOCS\r\n"
VERSION = 1
BLOCK = struct.Struct("<4sIIIQQ")
WIDE_OFFSETS, QUALITY, SOURCES = 1, 2, 4
#: The most bytes of text in a block, unless it holds one document.
BLOCK_BYTES = 16 << 20
#: The most documents in a block.
BLOCK_ROWS = 1 << 20
#: What F_SETPIPE_SZ is on Linux; Python 3.9 has no name for it.
F_SETPIPE_SZ = 1031

#: Texts: a sequence of str, an Arrow array, a NumPy array of objects or strings, or a series of pandas or polars.
Texts = Any
Column = Any


class DocumentWriter:
    """Writes blocks of documents to a descriptor.

    The descriptor stays the caller's. What is not ended by `finish` does not count.
    """

    def __init__(self, descriptor: int) -> None:
        if sys.byteorder != "little":
            raise OSError("documents are pushed from little-endian machines only")
        self._descriptor = descriptor
        self.documents = 0
        self.text_bytes = 0
        # Not for a file, nor over the user's limit on pipes; a smaller pipe is slower.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, F_SETPIPE_SZ, 1 << 20)
        self._write([MAGIC + struct.pack("<HHI", VERSION, 0, 0)])

    def add(self, texts: Texts, *, source: Column = None, quality: Column = None) -> None:
        """Writes documents.

        `source` is one name for all of them or a column of names, `quality` a number or a column of them. `None` in a
        column of qualities weighs 1. Texts that are None, bytes or NaN are refused by their index, and then nothing of
        the batch is written.
        """
        offsets, text = _text_column(texts)
        rows = len(offsets) - 1
        columns: List[Tuple[int, Any]] = []
        names: List[bytes] = []
        if quality is not None:
            columns.append((QUALITY, _scores(quality, rows)))
        if source is not None:
            codes, names = _coded(source, rows)
            columns.append((SOURCES, codes))
        start = 0
        while start < rows:
            limit = offsets[start] + BLOCK_BYTES
            end = bisect_right(offsets, limit, start + 2, min(rows, start + BLOCK_ROWS) + 1) - 1
            self._block(offsets[start : end + 1], text, [(flag, column[start:end]) for flag, column in columns], names)
            start = end

    def finish(self) -> None:
        """Writes the end mark: without it the reader takes nothing of the stream."""
        self._write([BLOCK.pack(b"DONE", 0, 0, 0, self.documents, self.text_bytes)])

    def _block(self, offsets: memoryview, text: memoryview, columns: List[Tuple[int, Any]], names: List[bytes]) -> None:
        rows, size = len(offsets) - 1, offsets[-1] - offsets[0]
        flags = WIDE_OFFSETS if offsets.itemsize == 8 else 0
        sections: List[Any] = [offsets]
        for flag, column in columns:
            flags |= flag
            sections.append(column)
            if flag == SOURCES:
                sections += [array("I", accumulate(map(len, names), initial=0)), b"".join(names)]
        sections.append(text[offsets[0] : offsets[-1]])
        parts: List[Any] = []
        length = 0
        for section in sections:
            view = memoryview(section)
            parts += [view, bytes(-view.nbytes % 8)]
            length += view.nbytes + len(parts[-1])
        self._write([BLOCK.pack(b"DOCS", rows, flags, len(names), length, 0), *parts])
        self.documents += rows
        self.text_bytes += size

    def _write(self, parts: Sequence[Any]) -> None:
        rest = [memoryview(part).cast("B") for part in parts if memoryview(part).nbytes]
        while rest:
            written = os.writev(self._descriptor, rest[:64])
            while rest and written >= rest[0].nbytes:
                written -= rest.pop(0).nbytes
            if written:
                rest[0] = rest[0][written:]


def _text_column(texts: Texts) -> Tuple[memoryview, memoryview]:
    """Returns offsets (of 4 or 8 bytes) and the bytes they lead into; without a copy for Arrow's columns."""
    arrow = _arrow(texts)
    if arrow is not None:
        return _arrow_text(arrow)
    if isinstance(texts, (str, bytes)):
        raise TypeError("add takes a sequence of texts; for one document write [text]")
    values: List[Any] = list(texts)
    try:
        # Half of a surrogate pair becomes bytes that are no UTF-8, which the audit counts and reports as damage.
        encoded = [str.encode(value, "utf-8", "surrogatepass") for value in values]
    except TypeError:
        for index, value in enumerate(values):
            if not isinstance(value, str):
                hint = "decode it first" if isinstance(value, bytes) else "drop it first"
                raise TypeError(f"text {index} is {value!r:.40} ({type(value).__name__}), not str; {hint}") from None
        raise
    offsets = array("q", accumulate(map(len, encoded), initial=0))
    return memoryview(offsets), memoryview(b"".join(encoded))


def frame_column(frame: Any, name: str) -> Any:
    """Returns a column of an Arrow table or batch, a data frame of pandas or polars, or a dictionary."""
    if hasattr(frame, "collect"):
        raise TypeError("a lazy frame has no rows yet; collect() it first")
    own: Any = getattr(getattr(frame, "schema", None), "names", None)
    names: Any = own if hasattr(own, "index") else getattr(frame, "columns", frame if hasattr(frame, "keys") else None)
    if names is None:
        raise TypeError(f"a frame is of Arrow, pandas or polars, not a value of type {type(frame).__name__}")
    count = list(names).count(name)
    if count == 1:
        return frame[name]
    listed = ", ".join(map(repr, list(names)[:20])) + (", …" if len(names) > 20 else "")
    raise ValueError(f"the frame has {count or 'no'} column{'s' * (count > 1)} {name!r}; its columns: {listed}")


def _arrow(values: Any) -> Any:
    """Returns a column as an Arrow array where it is one, or becomes one without a copy; else None."""
    if type(values).__module__.startswith("polars.") and importlib.util.find_spec("pyarrow"):
        return values.to_arrow()
    arrow = sys.modules.get("pyarrow")
    return values if arrow is not None and isinstance(values, (arrow.Array, arrow.ChunkedArray)) else None


def _arrow_text(column: Any) -> Tuple[memoryview, memoryview]:
    arrow: Any = sys.modules["pyarrow"]
    if isinstance(column, arrow.ChunkedArray):
        column = column.chunk(0) if column.num_chunks == 1 else _combined(column)
    kind = column.type
    if not any(test(kind) for test in (arrow.types.is_string, arrow.types.is_large_string)):
        if not (arrow.types.is_dictionary(kind) or "string_view" in str(kind)):
            raise TypeError(f"texts are a column of {kind}, not of strings")
        column = column.cast(arrow.large_string())
    if column.null_count:
        index = column.is_null().index(True).as_py()
        raise TypeError(f"text {index} is null; drop such rows first (drop_null)")
    _, offsets, text = column.buffers()
    if len(column) == 0 or offsets is None:
        return memoryview(array("q", [0])), memoryview(b"")
    view = memoryview(offsets).cast("B").cast("q" if arrow.types.is_large_string(column.type) else "i")
    return view[column.offset : column.offset + len(column) + 1], memoryview(text or b"").cast("B")


def _combined(column: Any) -> Any:
    arrow: Any = sys.modules["pyarrow"]
    return column.cast(arrow.large_string()).combine_chunks() if column.num_chunks else arrow.array([], arrow.string())


def _scores(values: Column, rows: int) -> memoryview:
    """Returns a column of scores as it lies in memory; None becomes NaN, and NaN is refused."""
    if isinstance(values, (int, float)):
        values = [values] * rows
    listed: Any = values.to_pylist() if hasattr(values, "to_pylist") else values
    if len(listed) != rows:
        raise ValueError(f"quality has {len(listed)} values for {rows} texts")
    numpy: Any = sys.modules.get("numpy")
    if numpy is not None and isinstance(listed, numpy.ndarray):
        found: Any = listed
        if found.dtype.kind in "fiu":
            if numpy.isnan(found).any():
                raise ValueError(f"quality {int(numpy.isnan(found).argmax())} is NaN; {_NAN}")
            return memoryview(numpy.ascontiguousarray(found, dtype=numpy.float64))
    for index, value in enumerate(listed):
        if isinstance(value, float) and math.isnan(value):
            raise ValueError(f"quality {index} is NaN; {_NAN}")
    try:
        return memoryview(array("d", (math.nan if value is None else value for value in listed)))
    except TypeError as error:
        raise ValueError(f"quality cannot be read as numbers: {error}") from None


_NAN = "leave such documents out, or give None for a document without a score (it weighs 1)"


def _coded(source: Column, rows: int) -> Tuple[Any, List[bytes]]:
    """Returns a code for each document and the names that the codes stand for."""
    if isinstance(source, str) and source:
        return memoryview(array("I", bytes(4 * rows))), [source.encode()]
    if isinstance(source, str):
        raise ValueError("source is '', not the name of a source")
    listed: List[Optional[str]] = source.to_pylist() if hasattr(source, "to_pylist") else list(source)
    if len(listed) != rows:
        raise ValueError(f"source has {len(listed)} values for {rows} texts")
    codes = {name: code for code, name in enumerate(dict.fromkeys(listed))}
    for name in codes:
        if not isinstance(name, str) or not name:
            raise ValueError(f"source {listed.index(name)} is {name!r}, not the name of a source")
    return memoryview(array("I", map(codes.__getitem__, listed))), [cast("str", name).encode() for name in codes]
