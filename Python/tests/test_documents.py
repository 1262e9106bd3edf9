"""The stream of pushed documents, byte by byte, against a reader of our own for the format's page."""

from __future__ import annotations

import os
import struct
import tempfile
from typing import Any, Callable

import pytest

from datawall.documents import DocumentWriter

TEXTS = ["one", "", "zwölf", "one", "a longer text"]


def written(write: Callable[[DocumentWriter], None], finish: bool = True) -> bytes:
    with tempfile.TemporaryFile() as file:
        writer = DocumentWriter(file.fileno())
        write(writer)
        if finish:
            writer.finish()
        file.seek(0)
        return file.read()


def documents(stream: bytes) -> list[tuple[str, str | None, float | None]]:
    """Reads a stream by its format's page."""
    assert stream[:8] == b"DWDOCS\r\n" and stream[8:16] == struct.pack("<HHI", 1, 0, 0)
    found: list[tuple[str, str | None, float | None]] = []
    place, text_bytes = 16, 0
    while stream[place : place + 4] == b"DOCS":
        rows, flags, names, length, checksum = struct.unpack_from("<IIIQQ", stream, place + 4)
        body, place, at = stream[place + 32 : place + 32 + length], place + 32 + length, 0
        assert checksum == 0 and flags < 8 and rows <= 1 << 20

        def section(code: str, count: int) -> Any:
            nonlocal at
            values = struct.unpack_from(f"<{count}{code}", body, at)  # noqa: B023
            at += -(-count * struct.calcsize(code) // 8) * 8
            return values

        offsets = section("q" if flags & 1 else "i", rows + 1)
        scores = section("d", rows) if flags & 2 else [float("nan")] * rows
        sources: list[str | None] = [None] * rows
        if flags & 4:
            codes, ends = section("I", rows), section("I", names + 1)
            listed = bytes(section("B", ends[-1]))
            sources = [listed[ends[code] : ends[code + 1]].decode() for code in codes]
        text = bytes(section("B", offsets[-1] - offsets[0]))
        assert at == length
        text_bytes += len(text)
        for row in range(rows):
            one = text[offsets[row] - offsets[0] : offsets[row + 1] - offsets[0]].decode("utf-8", "surrogatepass")
            found.append((one, sources[row], None if scores[row] != scores[row] else scores[row]))
    assert stream[place:] == b"DONE" + bytes(12) + struct.pack("<QQ", len(found), text_bytes)
    return found


def columns(library: str) -> list[Any]:
    if library == "list":
        return [TEXTS, tuple(TEXTS), iter(TEXTS)]
    if library == "numpy":
        numpy = pytest.importorskip("numpy")
        return [numpy.array(TEXTS, dtype=object), numpy.array(TEXTS)]
    if library == "pandas":
        pandas = pytest.importorskip("pandas")
        return [pandas.Series(TEXTS), pandas.Series(TEXTS, dtype="string")]
    if library == "polars":
        return [pytest.importorskip("polars").Series(TEXTS)]
    arrow = pytest.importorskip("pyarrow")
    whole = arrow.array(["before", *TEXTS, "behind"])
    return [
        arrow.array(TEXTS),
        arrow.array(TEXTS, arrow.large_string()),
        arrow.array(TEXTS, arrow.string_view()),
        arrow.array(TEXTS).dictionary_encode(),
        whole[1:-1],
        arrow.chunked_array([TEXTS[:2], TEXTS[2:]], arrow.string()),
        arrow.chunked_array([whole])[1:-1],
    ]


@pytest.mark.parametrize("library", ["list", "numpy", "pandas", "polars", "pyarrow"])
def test_a_column_of_any_library_is_written_as_its_texts(library: str) -> None:
    for column in columns(library):
        assert documents(written(lambda writer, column=column: writer.add(column))) == [(t, None, None) for t in TEXTS]


def test_sources_and_scores_are_one_value_or_a_column() -> None:
    one = documents(written(lambda writer: writer.add(TEXTS, source="web", quality=2)))
    assert one == [(text, "web", 2.0) for text in TEXTS]
    names, scores = ["web", "code", "web", "wiki", "code"], [1, None, 0.5, 3, 4]
    many = documents(written(lambda writer: writer.add(TEXTS, source=names, quality=scores)))
    assert many == list(zip(TEXTS, names, [1.0, None, 0.5, 3.0, 4.0]))
    numpy = pytest.importorskip("numpy")
    arrow = pytest.importorskip("pyarrow")
    for quality in (numpy.arange(5), numpy.arange(5, dtype="float32"), arrow.array(range(5))):
        for source in (numpy.array(names), arrow.array(names), arrow.array(names).dictionary_encode()):
            add = lambda writer, s=source, q=quality: writer.add(TEXTS, source=s, quality=q)  # noqa: E731
            assert documents(written(add)) == list(zip(TEXTS, names, map(float, range(5))))


def test_large_batches_are_cut_into_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datawall.documents.BLOCK_BYTES", 100)
    monkeypatch.setattr("datawall.documents.BLOCK_ROWS", 7)
    texts = [str(number) * (number % 60) for number in range(500)]
    stream = written(lambda writer: writer.add(texts, source=[text[:1] or "none" for text in texts]))
    assert [text for text, _, _ in documents(stream)] == texts
    assert stream.count(b"DOCS") > 100


def test_no_documents_are_a_stream_too() -> None:
    assert documents(written(lambda writer: writer.add([]))) == []
    arrow = pytest.importorskip("pyarrow")
    empty = arrow.chunked_array([], arrow.string())
    assert documents(written(lambda writer: (writer.add(arrow.array([], arrow.string())), writer.add(empty)))) == []


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["a", None], r"text 1 is None \(NoneType\), not str; drop it first"),
        (["a", b"b"], r"text 1 is b'b' \(bytes\), not str; decode it first"),
        (["a", float("nan")], r"text 1 is nan \(float\), not str"),
        ([1], r"text 0 is 1 \(int\)"),
        ("abc", "a sequence of texts"),
    ],
)
def test_what_is_no_text_is_refused_by_its_index_and_nothing_is_written(texts: Any, said: str) -> None:
    def write(writer: DocumentWriter) -> None:
        with pytest.raises(TypeError, match=said):
            writer.add(texts)

    assert documents(written(write)) == []


def test_nulls_and_other_types_of_arrow_are_refused() -> None:
    arrow = pytest.importorskip("pyarrow")
    writer = DocumentWriter(os.open(os.devnull, os.O_WRONLY))
    with pytest.raises(TypeError, match="text 1 is null; drop such rows first"):
        writer.add(arrow.array(["a", None]))
    with pytest.raises(TypeError, match="texts are a column of int64"):
        writer.add(arrow.array([1]))
    pandas = pytest.importorskip("pandas")
    with pytest.raises(TypeError, match="text 1 is"):
        writer.add(pandas.Series(["a", None], dtype="string"))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"quality": [1.0]}, "quality has 1 values for 2 texts"),
        ({"quality": [1.0, float("nan")]}, "quality 1 is NaN; leave such documents out"),
        ({"quality": ["good", "bad"]}, "quality cannot be read as numbers"),
        ({"source": ["web"]}, "source has 1 values for 2 texts"),
        ({"source": ["web", None]}, "source 1 is None, not the name of a source"),
        ({"source": ["web", ""]}, "source 1 is '', not the name of a source"),
        ({"source": ""}, "source is '', not the name of a source"),
    ],
)
def test_unusable_columns_are_refused(columns: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        written(lambda writer: writer.add(["one", "two"], **columns))


def test_half_a_surrogate_pair_is_written_for_the_audit_to_report() -> None:
    assert documents(written(lambda writer: writer.add(["\ud800"])))[0][0] == "\ud800"
