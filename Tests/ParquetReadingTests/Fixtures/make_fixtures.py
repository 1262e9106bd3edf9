#!/usr/bin/env python3
"""Makes the files beside it, what pyarrow reads in them (expected.json), and the inputs that fuzzing starts from.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1 duckdb==2.0.1
    venv/bin/python Tests/ParquetReadingTests/Fixtures/make_fixtures.py

The files are small, so that they can be committed; the same versions make the same values, though not the same bytes
where they are encrypted.
"""

import base64
import datetime
import json
import os
import struct

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

FOLDER = os.path.dirname(os.path.abspath(__file__))
INPUTS = os.path.join(FOLDER, "..", "..", "..", "Fuzzing", "inputs", "parquet")
EXPECTED = {}

TEXTS = ["alpha", None, "", "alphabet", "alphabetical order", "Übermaß", "日本", "\U0001f642", "a\0b\n", None, "alpha"] * 3


def path(name):
    return os.path.join(FOLDER, name + ".parquet")


def leaves(array, name):
    """Dotted paths and values of the columns that are read."""
    type = array.type
    if pa.types.is_struct(type):
        for index in range(type.num_fields):
            yield from leaves(pc.struct_field(array, index), "%s.%s" % (name, type.field(index).name))
    elif pa.types.is_dictionary(type):
        yield name, array.cast(type.value_type)
    elif pa.types.is_timestamp(type) or pa.types.is_time64(type):
        yield name, array.cast(pa.int64())
    elif pa.types.is_date32(type):
        yield name, array.cast(pa.int32())
    elif not (pa.types.is_list(type) or pa.types.is_decimal(type) or pa.types.is_fixed_size_binary(type)):
        yield name, array


def spelled(value):
    """A value for expected.json: texts in base64, since JSON has no bytes; floating-point numbers as the bits of a double."""
    if value is None:
        return None
    if isinstance(value, (str, bytes)):
        return "text " + base64.b64encode(value.encode() if isinstance(value, str) else value).decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "bits %d" % struct.unpack("<Q", struct.pack("<d", value))[0]


def expect(name):
    """Notes what pyarrow reads in a file."""
    table = pq.read_table(path(name))
    columns = {}
    for column in table.column_names:
        array = table.column(column).combine_chunks()
        if isinstance(array, pa.ChunkedArray):
            array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
        for leaf, values in leaves(array, column):
            columns[leaf] = [spelled(value) for value in values.to_pylist()]
    EXPECTED[name] = columns


def write(name, table, expected=True, **options):
    options = {"compression": "none", "store_schema": False, "use_dictionary": False, "write_statistics": False, **options}
    pq.write_table(table, path(name), **options)
    if expected:
        expect(name)


def texts(values=TEXTS, nullable=True):
    return pa.table([pa.array(values, pa.string())], schema=pa.schema([pa.field("text", pa.string(), nullable)]))


def scalars():
    rows = 40
    def every(values, null_at=5):
        return [None if i % 11 == null_at else values[i % len(values)] for i in range(rows)]
    return pa.table({
        "i8": pa.array(every([-128, 127, 0]), pa.int8()),
        "i32": pa.array(every([-2 ** 31, 2 ** 31 - 1, 7]), pa.int32()),
        "i64": pa.array(every([-2 ** 63, 2 ** 63 - 1, 7, 8, 9]), pa.int64()),
        "u16": pa.array(every([0, 65535]), pa.uint16()),
        "u32": pa.array(every([0, 2 ** 32 - 1, 5]), pa.uint32()),
        "u64": pa.array(every([0, 2 ** 64 - 1, 5]), pa.uint64()),
        "f32": pa.array(every([0.1, -0.0, float("inf"), 3.5]), pa.float32()),
        "f64": pa.array(every([0.1, -1e300, 5e-324]), pa.float64()),
        "flag": pa.array(every([True, False, False]), pa.bool_()),
        "day": pa.array(every([datetime.date(2026, 11, 29), datetime.date(1960, 1, 1)]), pa.date32()),
        "time": pa.array(every([datetime.datetime(2026, 11, 29, 1, 2, 3), None]), pa.timestamp("us")),
    })


def sources():
    """Files that pyarrow reads."""
    for version in ["1.0", "2.0"]:
        tag = "v" + version[0]
        for encoding in ["PLAIN", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"]:
            name = encoding.lower().replace("_", "-")
            write("text-%s-%s" % (name, tag), texts(), data_page_version=version, column_encoding={"text": encoding},
                  data_page_size=60, write_batch_size=8)
        write("text-dictionary-%s" % tag, texts(), data_page_version=version, use_dictionary=True)
        write("text-dictionary-then-plain-%s" % tag, texts(["text %d" % (i % 40) for i in range(80)]),
              data_page_version=version, use_dictionary=True, dictionary_pagesize_limit=80, data_page_size=50,
              write_batch_size=8)
        for codec in ["snappy", "gzip", "zstd", "lz4"]:
            write("codec-%s-%s" % (codec, tag), texts(), data_page_version=version, compression=codec, use_dictionary=True)
        write("nulls-all-%s" % tag, texts([None] * 50), data_page_version=version, compression="snappy")
        write("required-%s" % tag, texts([text or "" for text in TEXTS], False), data_page_version=version)
        write("scalars-plain-%s" % tag, scalars(), data_page_version=version)
        write("scalars-dictionary-%s" % tag, scalars().drop_columns(["flag"]), data_page_version=version, use_dictionary=True)
    integers = ["i8", "i32", "i64", "u16", "u32", "u64", "day", "time"]
    write("scalars-delta", scalars(), data_page_version="2.0",
          column_encoding={**{name: "DELTA_BINARY_PACKED" for name in integers}, "f32": "PLAIN", "f64": "PLAIN", "flag": "RLE"})
    write("scalars-split", scalars(), column_encoding={
        **{name: "BYTE_STREAM_SPLIT" for name in integers[1:] + ["f32", "f64"] if name not in ("u16",)},
        "i8": "PLAIN", "u16": "PLAIN", "flag": "RLE"})
    write("delta-blocks", pa.table({"n": pa.array([i * i * (-1) ** i for i in range(700)], pa.int64())}),
          column_encoding={"n": "DELTA_BINARY_PACKED"}, compression="zstd")
    nested = pa.table({
        "text": TEXTS,
        "metadata": pa.array([None if i % 5 == 0 else {"score": i / 2 if i % 3 else None, "by": {"name": "n%d" % i}}
                              for i in range(len(TEXTS))],
                             pa.struct([("score", pa.float64()), ("by", pa.struct([("name", pa.string())]))])),
        "tags": pa.array([["a"], None, []] * 11),
        "price": pa.array([None] * 33, pa.decimal128(9, 2)),
        "hash": pa.array([b"12345678"] * 33, pa.binary(8)),
    })
    write("nested", nested, row_group_size=20, compression="zstd")
    write("checksums", texts(), write_page_checksum=True, compression="snappy")
    write("row-groups", texts(["row %d" % i for i in range(25)]), row_group_size=10)
    write("no-rows", texts([]))
    write("page-index", texts(), write_page_index=True, write_statistics=True, use_dictionary=True)
    connection = duckdb.connect()
    connection.register("data", texts())
    for version in ["V1", "V2"]:
        name = "duckdb-%s" % version.lower()
        connection.execute(
            "COPY (SELECT text, length(text) AS size, text IS NULL AS missing, {'n': length(text) / 2} AS s FROM data) "
            "TO '%s' (FORMAT parquet, CODEC 'zstd', PARQUET_VERSION %s)" % (path(name), version))
        expect(name)


def patched(name, made, find, replace, count=1):
    """A file with some bytes replaced, and nothing that pyarrow reads."""
    data = open(path(made), "rb").read()
    assert data.count(find) >= count, (name, data.count(find))
    open(path(name), "wb").write(data.replace(find, replace, count))


class Keys(pe.KmsClient):
    """Wraps keys as it should not be done: this is a test."""

    def __init__(self, configuration):
        pe.KmsClient.__init__(self)

    def wrap_key(self, key, master):
        return base64.b64encode(key)

    def unwrap_key(self, wrapped, master):
        return base64.b64decode(wrapped)


def encrypted(name, plaintext_footer):
    configuration = pe.EncryptionConfiguration(
        footer_key="footer", column_keys={"column": ["text"]}, plaintext_footer=plaintext_footer)
    properties = pe.CryptoFactory(lambda configuration: Keys(configuration)).file_encryption_properties(
        pe.KmsConnectionConfig(), configuration)
    table = texts().append_column("n", pa.array(range(len(TEXTS)), pa.int32()))
    with pq.ParquetWriter(path(name), table.schema, encryption_properties=properties, store_schema=False) as writer:
        writer.write_table(table)


def refusals():
    """Files that are refused, by name."""
    write("refused-brotli", texts(), expected=False, compression="brotli")
    # In the footer: field 4 (codec) after field 3 (path_in_schema), a list of the one text "text".
    write("zstd-to-patch", texts(), expected=False, compression="zstd")
    before, codec = b"\x19\x18\x04text\x15", 6 * 2
    for name, code in [("lzo", 3), ("lz4", 5), ("unknown-codec", 9)]:
        patched("refused-" + name, "zstd-to-patch", before + bytes([codec]), before + bytes([code * 2]))
    os.remove(path("zstd-to-patch"))
    encrypted("refused-encrypted-footer", False)
    encrypted("refused-encrypted-column", True)
    pq.write_table(pa.table({"time": pa.array([datetime.datetime(2026, 1, 1)])}), path("refused-int96"),
                   use_deprecated_int96_timestamps=True, store_schema=False)
    metadata = pq.read_metadata(path("row-groups"))
    metadata.set_file_path("part-0.parquet")
    metadata.write_metadata_file(path("refused-external"))
    # A page of version 1: field 3 (definition_level_encoding) is RLE, 3; BIT_PACKED is 4.
    write("plain-to-patch", texts(), expected=False)
    patched("refused-bit-packed-levels", "plain-to-patch", b"\x15\x00\x15\x06\x15\x06", b"\x15\x00\x15\x08\x15\x06")
    os.remove(path("plain-to-patch"))
    patched("damaged-checksum", "checksums", b"order", b"ordeR")
    data = open(path("row-groups"), "rb").read()
    # The text of the row reads longer than its page.
    patched("damaged-page", "row-groups", b"\x06\x00\x00\x00row 14", b"\x06\x00\x00\x7frow 14")
    open(path("damaged-cut"), "wb").write(data[:-20])


def seeds():
    """Whole files, and the pages of single columns, as ParquetProbe takes them."""
    os.makedirs(INPUTS, exist_ok=True)
    for name in os.listdir(INPUTS):
        # Findings of the fuzzer stay.
        if not name.startswith("found-"):
            os.remove(os.path.join(INPUTS, name))
    for name in ["nested", "duckdb-v2", "text-dictionary-then-plain-v1", "codec-snappy-v2", "refused-encrypted-column",
                 "refused-external"]:
        save(name, b"\0" + open(path(name), "rb").read())
    types = {"BYTE_ARRAY": 0, "INT32": 3, "INT64": 4, "FLOAT": 5, "DOUBLE": 6, "BOOLEAN": 7}
    codecs = {"UNCOMPRESSED": 0, "SNAPPY": 3, "GZIP": 4, "ZSTD": 5, "LZ4": 6}
    for name in ["text-plain-v1", "text-plain-v2", "text-delta-length-byte-array-v2", "text-delta-byte-array-v1",
                 "text-delta-byte-array-v2", "text-dictionary-v1", "text-dictionary-then-plain-v2", "codec-snappy-v1",
                 "codec-gzip-v2", "codec-zstd-v1", "codec-lz4-v2", "nulls-all-v2", "required-v1", "checksums"]:
        pages(name, 0, types, codecs)
    for name, columns in [("scalars-plain-v1", [1, 7, 8]), ("scalars-dictionary-v2", [2, 6]), ("scalars-delta", [1, 2, 8]),
                          ("scalars-split", [1, 6, 7]), ("delta-blocks", [0])]:
        for column in columns:
            pages(name, column, types, codecs)


def pages(name, column, types, codecs):
    metadata = pq.read_metadata(path(name))
    chunk = metadata.row_group(0).column(column)
    start = chunk.data_page_offset
    if chunk.has_dictionary_page:
        start = min(start, chunk.dictionary_page_offset)
    data = open(path(name), "rb").read()[start:start + chunk.total_compressed_size]
    optional = metadata.schema.column(column).max_definition_level > 0
    choice = types[chunk.physical_type] | (8 if optional else 0)
    rows = metadata.row_group(0).num_rows
    if rows > 255:
        rows, choice = -(-rows // 64), choice | 16
    save("%s-%s" % (name, chunk.path_in_schema), bytes([1, choice, codecs[chunk.compression], rows]) + data)


def save(name, data):
    assert len(data) <= 2048, (name, len(data))
    open(os.path.join(INPUTS, name), "wb").write(data)


sources()
refusals()
seeds()
with open(os.path.join(FOLDER, "expected.json"), "w") as file:
    json.dump(EXPECTED, file, separators=(",", ":"), sort_keys=True)
    file.write("\n")
