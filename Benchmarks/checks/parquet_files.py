"""Makes files like those that the lists of apache/parquet-testing describe, good and bad, where that is not at hand.

Most are written by pyarrow and DuckDB. Those that no writer makes (several gzip members, codecs of old, lengths that
lie) are put together here, byte by byte, from the format's description.
"""

import gzip
import os
import random
import struct
import zlib

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq


# A Thrift structure in the compact protocol: a dictionary from field numbers to values of these kinds.
class I32(int):
    pass


class Strings(list):
    pass


def varint(number):
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def zigzag(number):
    return varint((number << 1 ^ number >> 63) & (1 << 64) - 1)


def kind(value):
    return {bool: 1 if value is True else 2, I32: 5, int: 6, bytes: 8, list: 9, Strings: 9, dict: 12}[type(value)]


def thrift(value):
    if isinstance(value, bool):
        return b""
    if isinstance(value, int):
        return zigzag(value)
    if isinstance(value, bytes):
        return varint(len(value)) + value
    if isinstance(value, list):
        element = kind(value[0]) if value else 12
        head = bytes([len(value) << 4 | element]) if len(value) < 15 else bytes([0xF0 | element]) + varint(len(value))
        return head + b"".join(map(thrift, value))
    out, last = bytearray(), 0
    for number, field in sorted(value.items()):
        out += bytes([number - last << 4 | kind(field)]) if number - last < 16 else bytes([kind(field)]) + zigzag(number)
        out += thrift(field)
        last = number
    return bytes(out) + b"\0"


UNCOMPRESSED, SNAPPY, GZIP, LZO, BROTLI, LZ4, ZSTD, LZ4_RAW = range(8)
PLAIN, DICTIONARY, RLE = 0, 8, 3


def texts(values):
    return b"".join(struct.pack("<I", len(value)) + value for value in values)


def levels(bits):
    """Definition levels of one bit as a bit-packed run, without the length before them."""
    groups = (len(bits) + 7) // 8
    packed = sum(bit << place for place, bit in enumerate(bits)).to_bytes(groups, "little")
    return varint(groups << 1 | 1) + packed


def page(data, count, plain_size=None, encoding=PLAIN, crc=None, first=None):
    head = {1: I32(0), 2: I32(len(data) if plain_size is None else plain_size), 3: I32(len(data)),
            5: {1: I32(count), 2: I32(encoding), 3: I32(RLE), 4: I32(RLE)}}
    if crc is not None:
        head[4] = I32(crc if crc < 1 << 31 else crc - (1 << 32))
    return (first or b"") + thrift(head) + data


def page2(level_bytes, data, count, nulls, plain_size, compressed=True, encoding=PLAIN):
    return thrift({1: I32(3), 2: I32(plain_size + len(level_bytes)), 3: I32(len(data) + len(level_bytes)),
                   8: {1: I32(count), 2: I32(nulls), 3: I32(count), 4: I32(encoding), 5: I32(len(level_bytes)), 6: I32(0),
                       7: compressed}}) + level_bytes + data


def dictionary(data, count, plain_size=None):
    return thrift({1: I32(2), 2: I32(len(data) if plain_size is None else plain_size), 3: I32(len(data)),
                   7: {1: I32(count), 2: I32(PLAIN)}}) + data


def write(path, pages, rows, codec=UNCOMPRESSED, optional=False, physical=6, count=None, has_dictionary=False,
          element=None, chunk=None, repeated=False, twice=False):
    """A file of one column named text, of pages as bytes."""
    body = b"PAR1" + pages
    column = {1: I32(physical), 3: I32(2 if repeated else 1 if optional else 0), 4: b"text", **(element or {})}
    metadata = {1: I32(physical), 2: [I32(PLAIN), I32(RLE)], 3: Strings([b"text"]), 4: I32(codec),
                5: rows if count is None else count, 6: len(pages), 7: len(pages), 9: 4}
    if has_dictionary:
        metadata[11] = 4
    columns = [{2: 4, 3: metadata, **(chunk or {})}] * (2 if twice else 1)
    footer = thrift({1: I32(1), 2: [{4: b"schema", 5: I32(len(columns))}] + [column] * len(columns), 3: rows,
                     4: [{1: columns, 2: len(pages), 3: rows}], 6: b"made by hand"})
    with open(path, "wb") as out:
        out.write(body + footer + struct.pack("<I", len(footer)) + b"PAR1")


def by_hand(data, bad):
    """Files that no writer here makes."""
    some = [b"text %d" % number for number in range(513)]
    plain = texts(some)
    half = len(plain) // 2
    members = gzip.compress(plain[:half]) + gzip.compress(plain[half:])
    write(f"{data}/concatenated_gzip_members.parquet", page(members, 513, len(plain)), 513, GZIP)
    nulls = levels([0] * 8)
    nothing = pa.compress(b"", codec="zstd", asbytes=True)
    write(f"{data}/page_v2_empty_compressed.parquet", page2(nulls, nothing, 8, 8, 0), 8, ZSTD, optional=True)
    write(f"{data}/datapage_v2_empty_datapage.snappy.parquet", page2(nulls, b"", 8, 8, 0), 8, SNAPPY, optional=True)
    mixed = [1, 0, 1, 1, 0, 0, 0, 1]
    four = texts(some[:4])
    write(f"{data}/page_v2_uncompressed_in_snappy.parquet",
          page2(levels(mixed), four, 8, 4, len(four), compressed=False), 8, SNAPPY, optional=True)
    write(f"{data}/unknown-logical-type.parquet", page(plain, 513), 513, element={10: {2555: {}}})
    write(f"{data}/json.parquet", page(plain, 513), 513, element={6: I32(19)})
    write(f"{data}/crc.parquet", page(plain, 513, crc=zlib.crc32(plain)), 513)
    write(f"{data}/no_rows.parquet", b"", 0)
    write(f"{data}/repeated_primitive_no_list.parquet", b"", 0, repeated=True)
    many = b"".join(page(texts([one]), 1) for one in [b"page %d" % number for number in range(40_000)])
    write(f"{data}/overflow_i16_page_cnt.parquet", many, 40_000)
    for name, codec in [("lzo", LZO), ("legacy_lz4", LZ4), ("codec_99", 99)]:
        write(f"{bad}/{name}.parquet", page(plain, 513), 513, codec)
    write(f"{bad}/external_file.parquet", page(plain, 513), 513, chunk={1: b"other.parquet"})
    write(f"{bad}/same_name_twice.parquet", page(plain, 513), 513, twice=True)
    write(f"{bad}/corrupt_crc.parquet", page(plain, 513, crc=zlib.crc32(plain) ^ 1), 513)
    write(f"{bad}/negative_dictionary_count.parquet", dictionary(four, -4) + page(b"\1\x02\0", 1, encoding=DICTIONARY), 1,
          has_dictionary=True)
    write(f"{bad}/index_width_0.parquet", dictionary(four, 4) + page(b"\0\x10", 8, encoding=DICTIONARY), 8,
          has_dictionary=True)
    write(f"{bad}/index_width_33.parquet", dictionary(four, 4) + page(b"\x21\x10", 8, encoding=DICTIONARY), 8,
          has_dictionary=True)
    write(f"{bad}/index_past_dictionary.parquet", dictionary(four, 4) + page(b"\x08\x10\xff", 8, encoding=DICTIONARY), 8,
          has_dictionary=True)
    few = levels([1] * 8)
    write(f"{bad}/too_few_levels.parquet", page(struct.pack("<I", len(few)) + few + texts(some[:32]), 32), 32, optional=True)
    write(f"{bad}/fewer_values_than_rows.parquet", page(four, 4), 8)
    write(f"{bad}/more_values_than_said.parquet", page(four, 4), 2)
    write(f"{bad}/required_with_nulls.parquet", page2(nulls, b"", 8, 8, 0), 8, SNAPPY)
    for name, size in [("2_gib", 2 ** 31 - 1), ("negative_size", -1), ("one_too_long", len(plain) + 1)]:
        write(f"{bad}/page_of_{name}.parquet", page(gzip.compress(plain), 513, plain_size=size), 513, GZIP)
    write(f"{bad}/text_of_4_gib.parquet", page(b"\xff\xff\xff\xff" + plain, 513), 513)
    write(f"{bad}/unknown_encoding.parquet", page(plain, 513, encoding=10), 513)
    write(f"{bad}/bit_packed_levels.parquet",
          thrift({1: I32(0), 2: I32(len(four) + 1), 3: I32(len(four) + 1),
                  5: {1: I32(4), 2: I32(PLAIN), 3: I32(4), 4: I32(4)}}) + b"\xf0" + four, 4, optional=True)


def make(folder, seed=1):
    """Writes the files into data/ and bad_data/ of a folder."""
    rng = random.Random(seed)
    data, bad = f"{folder}/data", f"{folder}/bad_data"
    os.makedirs(data)
    os.makedirs(bad)
    words = ["alpha", "beta", "γάμμα", "", "delta " * 50]
    rows = 3_000
    text = [rng.choice(words) + str(rng.randrange(500)) for _ in range(rows)]
    holes = [None if rng.random() < 0.3 else one for one in text]
    numbers = [rng.randint(-10 ** 9, 10 ** 9) for _ in range(rows)]

    def store(name, columns, **options):
        table = columns if isinstance(columns, pa.Table) else pa.table(columns)
        pq.write_table(table, f"{data}/{name}.parquet", **options)

    def required(columns):
        table = pa.table(columns)
        return table.cast(pa.schema([field.with_nullable(False) for field in table.schema]))

    for name, encoding, kind in [("delta_byte_array", "DELTA_BYTE_ARRAY", text),
                                 ("delta_length_byte_array", "DELTA_LENGTH_BYTE_ARRAY", text),
                                 ("delta_binary_packed", "DELTA_BINARY_PACKED", numbers)]:
        for version in ["1.0", "2.0"]:
            options = dict(use_dictionary=False, column_encoding={"value": encoding}, data_page_version=version)
            store(f"{name}_v{version[0]}", {"value": kind}, **options)
            store(f"{name}_required_v{version[0]}", required({"value": kind}), **options)
            holed = [None if rng.random() < 0.5 else one for one in kind]
            store(f"{name}_optional_v{version[0]}", {"value": holed}, **options)
    nested = [None if rng.random() < 0.1 else {"name": one, "inner": None if rng.random() < 0.1 else {"text": two}}
              for one, two in zip(text, holes)]
    store("nested_structs", {"roll_num": nested, "text": text})
    store("null_list", {"emptylist": pa.array([[]], pa.list_(pa.null()))})
    lists = [[one] * rng.randrange(3) for one in text]
    store("list_columns", {"lists": lists, "text": text})
    store("old_list_structure", {"lists": lists, "text": text}, use_compliant_nested_type=False)
    store("nested_maps", {"map": pa.array([[(one, 1)] for one in text], pa.map_(pa.string(), pa.int32())), "text": text})
    every = {
        "bool_col": [one % 2 == 0 for one in numbers], "tinyint_col": pa.array([one % 100 for one in numbers], pa.int8()),
        "int_col": pa.array(numbers, pa.int32()), "bigint_col": numbers, "float_col": pa.array(map(float, numbers), pa.float32()),
        "double_col": [one / 7 for one in numbers], "date_string_col": text, "string_col": holes,
        "timestamp_col": pa.array(numbers, pa.timestamp("ns")), "binary_col": [one.encode() for one in text],
        "decimal_col": pa.array([one % 1000 for one in numbers]).cast(pa.decimal128(22, 2)),
        "flba_col": pa.array([b"%04d" % (one % 1000) for one in numbers], pa.binary(4)),
        "date_col": pa.array([one % 20_000 for one in numbers], pa.date32()),
        "time_col": pa.array([one % 80_000 for one in numbers], pa.time64("us")),
        "large_col": pa.array(text, pa.large_string()), "view_col": pa.array(text, pa.string_view()),
        "half_col": pa.array([one % 50 for one in numbers]).cast(pa.float16()), "ubig_col": pa.array(map(abs, numbers), pa.uint64()),
        "dictionary_col": pa.array(text).dictionary_encode(), "nulls": pa.nulls(rows), "empty_texts": [""] * rows,
    }
    store("alltypes_plain", every, use_dictionary=False)
    store("alltypes_dictionary", every)
    store("alltypes_int96", every, use_deprecated_int96_timestamps=True)
    for codec in ["snappy", "gzip", "zstd", "lz4", "brotli", "none"]:
        store(f"alltypes_{codec}", every, compression=codec)
    for name, dictionary_pages in [("alltypes_tiny_pages", True), ("alltypes_tiny_pages_plain", False)]:
        store(name, every, data_page_size=64, write_batch_size=4, use_dictionary=dictionary_pages, write_page_index=True)
    store("rle_boolean_encoding", {"flag": [None if one % 3 == 0 else one % 2 == 0 for one in numbers]},
          use_dictionary=False, column_encoding={"flag": "RLE"})
    store("int32_with_null_pages", {"value": pa.array([None] * 1000 + numbers[:500] + [None] * 1500, pa.int32()), "text": holes},
          data_page_size=100, write_batch_size=100, write_page_index=True)
    store("null_texts", {"text": pa.array([None] * rows, pa.string())})
    for version in ["1.0", "2.0"]:
        for codec in ["none", "snappy"]:
            store(f"checksum_v{version[0]}_{codec}", {"text": text, "number": numbers}, compression=codec,
                  data_page_version=version, write_page_checksum=True)
    store("byte_stream_split.zstd", {"f": [one / 3 for one in numbers], "i": pa.array(numbers, pa.int32())}, compression="zstd",
          use_dictionary=False, column_encoding={"f": "BYTE_STREAM_SPLIT", "i": "BYTE_STREAM_SPLIT"})
    store("sort_columns", {"number": numbers, "text": text}, row_group_size=1_500,
          sorting_columns=[pq.SortingColumn(1), pq.SortingColumn(0, True)])
    store("dictionary_then_plain", {"text": [f"{one} {number}" for number, one in enumerate(text)]},
          dictionary_pagesize_limit=4_000, data_page_size=2_000, write_batch_size=50)
    store("dotted.name", {"a.b": text, "a": text})
    store("no_columns_of_text", {"number": numbers})
    connection = duckdb.connect()
    connection.register("every", pa.table({key: every[key] for key in ["string_col", "bigint_col", "binary_col", "double_col"]}))
    for version in ["V1", "V2"]:
        connection.execute(f"COPY every TO '{data}/data_index_bloom_{version}.parquet' (FORMAT parquet, PARQUET_VERSION {version})")
    by_hand(data, bad)
    # Each byte that lies once, in a file with all there is: the footer, heads of pages, levels.
    small = f"{bad}/small.parquet"
    pq.write_table(pa.table({"text": holes[:40], "n": numbers[:40]}), small, write_page_checksum=True, store_schema=False)
    with open(small, "rb") as file:
        whole = file.read()
    for number in range(200):
        lying = bytearray(whole)
        for _ in range(rng.choice([1, 1, 3])):
            lying[rng.randrange(len(lying))] = rng.choice([0, 0xFF, 0x7F, 0x80, rng.randrange(256)])
        with open(f"{bad}/lying_{number:03}.parquet", "wb") as file:
            file.write(lying[:rng.randrange(len(lying))] if number % 10 == 0 else lying)
    keys = dict(footer=b"PARE", empty=b"", magic=b"PAR1", twice=b"PAR1PAR1")
    for name, magic in keys.items():
        with open(f"{bad}/{name}.parquet", "wb") as file:
            file.write(magic if name in ("empty", "magic", "twice") else whole[:-4] + magic)
