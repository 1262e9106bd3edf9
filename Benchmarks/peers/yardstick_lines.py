"""The same at line level: a Python set of 64-bit line hashes.

    python yardstick_lines.py SHARD.jsonl.zst...        (needs zstandard, orjson, xxhash)

A line is what lies between newlines; a newline at the end of a text ends its last
line and starts no other. Empty lines are counted apart.
"""

import io
import json
import sys

import orjson
import xxhash
import zstandard

seen = set()
lines = empty = 0
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file, read_size=1 << 20, read_across_frames=True)
        for record in io.BufferedReader(reader, buffer_size=1 << 20):
            units = orjson.loads(record)["text"].encode().split(b"\n")
            if not units[-1]:
                units.pop()
            lines += len(units)
            empty += units.count(b"")
            seen.update(map(xxhash.xxh3_64_intdigest, units))
seen.discard(xxhash.xxh3_64_intdigest(b""))
print(json.dumps({"units": lines, "empty_units": empty, "unique_units": len(seen)}))
