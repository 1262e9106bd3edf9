"""Holds ParquetReading against pyarrow on a collection of files, such as apache/parquet-testing.

`Benchmarks/checks/parquet --collection DIR` calls this. Every leaf column of every file in the folder is dumped: one that
`parquet-dump --columns` says is read must have pyarrow's values, or be refused by name; no file may end the program
otherwise. `--make` writes files first like those that the collection's lists describe, for machines without it.
"""

import collections
import os
import struct
import subprocess

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

SUFFIXES = (".parquet", ".encrypted", ".parquet.gz")


def files(folder):
    for place, _, names in sorted(os.walk(folder)):
        yield from (os.path.join(place, name) for name in sorted(names) if name.endswith(SUFFIXES))


def leaves(path):
    """The dotted paths, physical types and repetition of the leaves, as pyarrow knows them; `None` where it does not."""
    try:
        schema = pq.ParquetFile(path).schema
    except Exception as error:
        return None, f"{type(error).__name__}: {error}"
    columns = [schema.column(index) for index in range(len(schema))]
    return [(one.path, one.physical_type, one.max_repetition_level) for one in columns], None


def spelled(value):
    if value is None:
        return b"\0"
    if isinstance(value, str):
        value = value.encode()
    if isinstance(value, bytes):
        return b"\1" + struct.pack("<I", len(value)) + value
    if isinstance(value, bool):
        return b"\4" + struct.pack("<Q", value)
    if isinstance(value, int):
        return b"\2" + struct.pack("<Q", value % 2 ** 64)
    return b"\3" + struct.pack("<d", value)


def values(path, column):
    """The values of a leaf as pyarrow reads them, stored as they are: times and dates as their numbers."""
    table = pq.ParquetFile(path).read(columns=[column], use_threads=False)
    names = [column] if column in table.column_names else column.split(".")
    array = table.column(names[0])
    array = pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], array.type)
    for name in names[1:]:
        array = pc.struct_field(array, name)
    type = array.type
    if pa.types.is_dictionary(type):
        array = array.cast(type.value_type)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    type = array.type
    if pa.types.is_timestamp(type) or pa.types.is_time64(type) or pa.types.is_duration(type):
        array = array.view(pa.int64())
    elif pa.types.is_date32(type) or pa.types.is_time32(type):
        array = array.view(pa.int32())
    elif pa.types.is_string(type) or pa.types.is_large_string(type):
        array = array.cast(pa.large_binary())
    return array.to_pylist()


def dump(program, *arguments):
    try:
        return subprocess.run([program, *arguments], capture_output=True, timeout=300)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(arguments, -99, b"", b"no end after 300 seconds")


def check_file(program, path, is_bad, count, say):
    """Holds one file; returns what is wrong."""
    name = os.path.basename(path)
    known, why = leaves(path)
    listing = dump(program, "--columns", path)
    if listing.returncode == 65 and listing.stderr:
        count["files refused"] += 1
        say(f"{name}: refused: {listing.stderr.decode(errors='replace').strip()[-200:]}"
            + ("" if why is None else f" (pyarrow: {why[:80]})"))
        return []
    if listing.returncode != 0:
        return [f"{name}: --columns ended with {listing.returncode}: {listing.stderr[-300:]!r}"]
    rows = [line.split("\t") for line in listing.stdout.decode(errors="replace").splitlines()]
    wrong = []
    if known is not None and [row[0] for row in rows] != [leaf[0] for leaf in known] and not is_bad:
        wrong.append(f"{name}: the columns are {[row[0] for row in rows]}, for pyarrow {[leaf[0] for leaf in known]}")
    for place, row in enumerate(rows):
        column = row[0]
        done = dump(program, path, column)
        if done.returncode == 65 and column.encode() in done.stderr:
            count["columns refused"] += 1
            physical, repetition = known[place][1:] if known and place < len(known) else ("", 1)
            if physical == "BYTE_ARRAY" and repetition == 0:
                say(f"{name}: text column {column}: refused: {done.stderr.decode(errors='replace').strip()[-160:]}")
            continue
        if done.returncode != 0:
            wrong.append(f"{name}: column {column} ended with {done.returncode}: {done.stderr[-300:]!r}")
            continue
        try:
            wanted = b"".join(map(spelled, values(path, column)))
        except Exception as error:
            count["columns that only datawall reads"] += 1
            say(f"{name}: column {column} is read, but not by pyarrow: {type(error).__name__}: {str(error)[:120]}")
            continue
        if done.stdout == wanted:
            count["columns as pyarrow reads them"] += 1
        elif is_bad:
            say(f"{name}: column {column} of a bad file differs from pyarrow ({len(done.stdout)} and {len(wanted)} bytes)")
            count["columns of bad files that differ"] += 1
        else:
            wrong.append(f"{name}: column {column} differs from pyarrow ({len(done.stdout)} and {len(wanted)} bytes)")
    return wrong


def run(program, folder, quiet=False):
    """Holds all files of a folder; returns how many are wrong."""
    count = collections.Counter()
    say = (lambda _: None) if quiet else print
    wrong = 0
    for path in files(folder):
        count["files"] += 1
        found = check_file(program, path, "bad" in os.path.relpath(path, folder).lower(), count, say)
        wrong += bool(found)
        for one in found:
            print("WRONG " + one)
    print(", ".join(f"{number} {name}" for name, number in count.items()) + f"; {wrong} files are wrong")
    return wrong
