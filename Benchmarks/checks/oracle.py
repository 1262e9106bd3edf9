#!/usr/bin/env python3
"""Computes a whole audit the slow, plain way: every record parsed by `json`, every text kept in a dictionary.

    python oracle.py (--manifest corpus.yml | PATH...) [--level line] [--quality-key K] [--source-key K] > oracle.json

It shares no code and no shortcut with the scanner: texts are compared as bytes, never as hashes;
weights are exact integers in millionths of millionths. It holds the corpus in memory, so it is for
generated corpora.

What it takes the words to mean is stated at each step.
"""

import argparse
import collections
import glob
import itertools
import json
import math
import os
import re
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import environment

if __name__ == "__main__":
    environment.enter()

import xxhash
import yaml
import zstandard

MILLION = 1_000_000
# Kinds that lose nothing: an audit with no others is complete.
NOTES = {"empty_file", "trailing_padding", "trailing_garbage", "inner_byte_order_mark", "non_finite_number"}
MARK = b"\xef\xbb\xbf"
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
SUFFIXES = (".jsonl", ".jsonl.zst", ".jsonl.gz", ".txt", ".txt.zst", ".txt.gz")

Unit = collections.namedtuple("Unit", "text tokens source quality path position")


# What to read ----------------------------------------------------------------


class Source:
    """A source as the manifest or the folder names it."""

    def __init__(self, name, order, quality=1.0, quality_key=None, quality_map=None, text_key="text", max_epochs=None):
        self.name, self.order, self.max_epochs = name, order, max_epochs
        self.weight = millionths(quality)
        self.quality_key = quality_key.split(".") if quality_key else None
        self.quality_map = sorted((float(k), float(v)) for k, v in quality_map.items()) if quality_map else None
        self.text_key = text_key.split(".")


def millionths(value):
    """Nearest millionth, halves up, of the product in double precision."""
    scaled = value * MILLION
    below = math.floor(scaled)
    return below + (scaled - below >= 0.5)


def shards_below(path):
    if os.path.isdir(path):
        found = []
        for folder, _, files in os.walk(path):
            found += [os.path.join(folder, name) for name in files if name.endswith(SUFFIXES)]
        return found
    return [path]


def inputs_of(options):
    """[(path, source)] in the order of their paths, and the sources."""
    sources, inputs = [], []
    if options.manifest:
        base = os.path.dirname(os.path.abspath(options.manifest))
        with open(options.manifest, encoding="utf-8") as file:
            entries = yaml.safe_load(file)["sources"]
        for order, entry in enumerate(entries):
            source = Source(
                entry["name"], order, entry.get("quality", 1.0),
                entry.get("quality_key", options.quality_key),
                entry.get("quality_map", quality_map(options.quality_map)),
                entry.get("text_key", options.text_key), entry.get("max_epochs"))
            sources.append(source)
            paths = set()
            for pattern in entry["paths"]:
                for path in glob.glob(os.path.join(base, pattern), recursive=True):
                    paths.update(shards_below(path))
            inputs += [(path, source) for path in paths]
    else:
        paths = {os.path.abspath(p) for given in options.paths for p in shards_below(given)}
        by_name = {}
        for path in sorted(paths, key=os.fsencode):
            name = "stdin" if path in piped else os.path.basename(os.path.dirname(path))
            by_name.setdefault(name, []).append(path)
        # Without a manifest sources come in the order of their names.
        for order, name in enumerate(sorted(by_name, key=lambda n: n.encode())):
            source = plain_source(name, order, options)
            sources.append(source)
            inputs += [(path, source) for path in by_name[name]]
    inputs.sort(key=lambda pair: os.fsencode(pair[0]))
    return inputs, sources


def quality_map(text):
    return dict(pair.split(":") for pair in text.split(",")) if text else None


def plain_source(name, order, options):
    return Source(
        name, order, quality_key=options.quality_key, quality_map=quality_map(options.quality_map),
        text_key=options.text_key)


# Reading ---------------------------------------------------------------------


# What stands for standard input, by the path it is given: the file that is piped in.
piped = {}


def plain_bytes(path, problem):
    """The decompressed bytes of a shard, up to the first damage."""
    with open(piped.get(path, path), "rb") as file:
        data = file.read()
    if not data:
        problem("empty_file")
        return b"", data
    if data[:2] == b"\x1f\x8b":
        return ungzipped(data, problem), data
    if data[:4] != b"\x28\xb5\x2f\xfd" and not 0x184D2A50 <= int.from_bytes(data[:4], "little") <= 0x184D2A5F:
        return data, data
    out, rest = [], data
    while rest:
        magic = int.from_bytes(rest[:4], "little")
        if 0x184D2A50 <= magic <= 0x184D2A5F and len(rest) >= 8:
            size = 8 + int.from_bytes(rest[4:8], "little")
            if size > len(rest):
                problem("truncated_frame")
                break
            rest = rest[size:]
            continue
        unpacker = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()
        try:
            # In small pieces, so that what precedes the damage comes out.
            view, at, step = memoryview(rest), 0, 4096
            while at < len(rest) and not unpacker.eof:
                out.append(unpacker.decompress(view[at : at + step]))
                at += step
        except zstandard.ZstdError:
            problem("corrupt_frame")
            break
        if not unpacker.eof:
            problem("truncated_frame")
            break
        rest = rest[len(rest) - len(unpacker.unused_data) - max(0, len(rest) - at) :]
    else:
        return b"".join(out), data
    whole = b"".join(out)
    # The record that the damage cut is part of the damage.
    return whole[: whole.rfind(b"\n") + 1], data


class Unread(Exception):
    """A file of a kind that is not read."""


HEAD = 4096


def wide_kind(head):
    """`utf16` or `utf32` where the first 4,096 bytes of a text are of two or four bytes a character, else `None`."""
    for kind, marks in [("utf32", (b"\xff\xfe\0\0", b"\0\0\xfe\xff")), ("utf16", (b"\xff\xfe", b"\xfe\xff"))]:
        if head.startswith(marks):
            return kind
    if len(head) < 4 or 0 not in head:
        return None
    # Where all but the zeros is text in UTF-8, half of the characters must be ASCII; elsewhere one in twenty.
    share = 2 if is_text(head.replace(b"\0", b""), is_cut=len(head) == HEAD) else 20
    for kind, size in [("utf32", 4), ("utf16", 2)]:
        for order in ["le", "be"]:
            count = len(head) // size
            text = decoded(head[: count * size], f"{kind[:3]}-{kind[3:]}-{order}")
            ascii_ones = sum(c < "\x7f" for c in text)
            if ascii_ones and ascii_ones * share >= count and all(is_printed(ord(c)) for c in text):
                return kind
    return None


def decoded(data, codec):
    """The characters, without half of a surrogate pair at the end; none where one is not valid."""
    for end in [len(data), len(data) - 2]:
        try:
            return data[:end].decode(codec)
        except UnicodeDecodeError as error:
            if error.start != len(data) - 2 or not codec.startswith("utf-16") or error.reason != "unexpected end of data":
                break
    return ""


def is_printed(code):
    """Whether a code point is no control character of ASCII, or white space."""
    return code >= 0x20 or 0x09 <= code <= 0x0D


def is_text(data, is_cut):
    if not all(is_printed(byte) or byte == 0x1B for byte in data):
        return False
    try:
        data.decode()
    except UnicodeDecodeError as error:
        # A head may end within a character, which has four bytes at most.
        return is_cut and error.start + 4 > len(data)
    return True


def ungzipped(data, problem):
    out, rest = [], data
    while rest:
        if rest is not data and tail_of_gzip(rest, problem):
            break
        unpacker = zlib.decompressobj(31)
        view, at, step = memoryview(rest), 0, 4096
        try:
            while at < len(rest) and not unpacker.eof:
                out.append(unpacker.decompress(view[at : at + step]))
                at += step
        except zlib.error:
            problem("corrupt_frame")
            break
        if not unpacker.eof:
            # Fewer bytes than a header has start no member.
            problem("truncated_frame" if len(rest) >= 10 else "corrupt_frame")
            break
        rest = rest[len(rest) - len(unpacker.unused_data) - max(0, len(rest) - at) :]
    else:
        return b"".join(out)
    whole = b"".join(out)
    return whole if rest is not data and is_tail(rest) else whole[: whole.rfind(b"\n") + 1]


def is_tail(rest):
    """Whether what follows the last member is ignored: zeros, or at most 64 KiB that no damaged header can be in."""
    if rest.startswith(b"\x1f\x8b"[: len(rest)]):
        return False
    if not rest.strip(b"\0"):
        return True
    close = sum(a == b for a, b in zip(rest, b"\x1f\x8b\x08")) >= 2
    return len(rest) <= 65536 and not close and not re.search(rb"\x1f\x8b\x08[\x00-\x1f]", rest, re.DOTALL)


def tail_of_gzip(rest, problem):
    if not is_tail(rest):
        return False
    problem("trailing_garbage" if rest.strip(b"\0") else "trailing_padding")
    return True


class NonFinite(float):
    """NaN or an infinity as Python writes it, which JSON does not have."""


class Pairs(dict):
    """An object that remembers which keys stood in it more than once."""

    def __init__(self, pairs):
        super().__init__(pairs)
        counts = collections.Counter(key for key, _ in pairs)
        self.doubled = {key for key, count in counts.items() if count > 1}


MISSING = object()


def look_up(value, keys, doubled):
    for key in keys:
        if not isinstance(value, Pairs) or key not in value:
            return MISSING
        if key in value.doubled:
            doubled.append(key)
        value = value[key]
    return value


def utf8_of(text, problem):
    """UTF-8 of a parsed string; half of a surrogate pair counts as U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        problem("lone_surrogate")
        return "".join("\ufffd" if 0xD800 <= ord(c) <= 0xDFFF else c for c in text).encode("utf-8")


def text_records(path, options, counts):
    """The documents of a shard of text: its lines, or the whole of it where nothing of it is lost."""
    kinds = counts.setdefault(path, collections.Counter())

    def problem(kind):
        kinds[kind] += 1

    plain, raw = plain_bytes(path, problem)
    is_cut = any(kind not in NOTES for kind in kinds)
    kind = None if is_cut else wide_kind(plain[:HEAD])
    if kind:
        del counts[path]
        raise Unread(kind)
    if not is_cut:
        plain = without_padding(plain, problem)
    if plain.startswith(MARK):
        plain = plain[3:]
    if not raw:
        pieces = []
    elif options.txt_document == "file":
        pieces = [] if is_cut else [plain]
    else:
        pieces = plain.split(b"\n")
        # What follows the last line feed is a line only if it holds something.
        if not pieces[-1]:
            pieces.pop()
        pieces = [piece[:-1] if piece.endswith(b"\r") else piece for piece in pieces]
    found = []
    for position, piece in enumerate(pieces):
        if position and piece.startswith(MARK) and options.txt_document == "line":
            piece = piece[3:]
            problem("inner_byte_order_mark")
        text = piece.decode("utf-8", "replace").encode()
        if text != piece:
            problem("invalid_utf8")
        found.append((position, text, None, MILLION))
    return found, raw


def without_padding(plain, problem):
    """A text without NUL bytes at its end."""
    if plain.endswith(b"\0"):
        problem("nul_padding")
    return plain.rstrip(b"\0")


def records(path, source, options, counts):
    """The records of a shard that count: (position, text, source name or None, quality in millionths)."""
    name = piped.get(path, path)
    if options.format == "txt" or (options.format == "auto" and ".txt" in os.path.basename(name)):
        return text_records(path, options, counts)
    kinds = counts.setdefault(path, collections.Counter())

    def problem(kind):
        kinds[kind] += 1

    plain, raw = plain_bytes(path, problem)
    if all(kind in NOTES for kind in kinds):
        plain = without_padding(plain, problem)
    found = []
    for position, line in enumerate(plain.split(b"\n")):
        is_marked = line.startswith(MARK)
        if is_marked:
            line = line[3:]
        if not line.strip(b" \t\r"):
            continue
        mended = False
        try:
            decoded = line.decode("utf-8")
        except UnicodeDecodeError:
            # Bad bytes travel through the parser as half surrogates, so that we see whose they are.
            mended = True
            decoded = line.decode("utf-8", "surrogateescape")
        strange = []

        def constant(name):
            strange.append(NonFinite(name))
            return strange[-1]

        try:
            value = json.loads(decoded, object_pairs_hook=Pairs, parse_constant=constant)
        except ValueError:
            problem("bad_json")
            continue
        if not isinstance(value, Pairs):
            problem("bad_json")
            continue
        doubled = []
        text = look_up(value, source.text_key, doubled)
        if text is MISSING or not isinstance(text, str):
            problem("missing_key" if text is MISSING else "text_not_a_string")
            continue
        if mended:
            repaired = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if repaired != text:
                problem("invalid_utf8")
                text = repaired
        quality = MILLION
        if source.quality_key:
            score = look_up(value, source.quality_key, doubled)
            strange = [number for number in strange if number is not score]
            if isinstance(score, str) and NUMBER.fullmatch(score):
                # A number in quotes is still a score.
                score = float(score)
            usable = None
            kind = "missing_quality"
            if isinstance(score, (int, float)) and not isinstance(score, bool) and math.isfinite(score):
                weight = float(score)
                kind = "unusable_quality"
                if source.quality_map:
                    # Steps: the weight of the highest listed score not above it, else the lowest's.
                    below = [w for s, w in source.quality_map if s <= weight]
                    weight = below[-1] if below else source.quality_map[0][1]
                if 0 <= millionths(weight) < 1 << 24:
                    usable = millionths(weight)
            if usable is None:
                problem(kind)
            else:
                quality = usable
        named = None
        if options.source_key and not options.manifest:
            named = look_up(value, options.source_key.split("."), doubled)
            strange = [number for number in strange if number is not named]
            if not isinstance(named, str) or not named:
                problem("missing_source")
                named = None
        if doubled:
            problem("duplicate_key")
        if strange:
            problem("non_finite_number")
        if is_marked and position:
            problem("inner_byte_order_mark")
        found.append((position, utf8_of(text, problem), named, quality))
    return found, raw


# Units -----------------------------------------------------------------------


def units_of(text, level):
    """The units of a document, without line ends; tokens are exact quarters of their bytes."""
    if level == "document":
        return [text]
    # A line ends with LF or CRLF. What follows the last line end is a line only if it holds something.
    lines = text.split(b"\n")
    ended, rest = [line[:-1] if line.endswith(b"\r") else line for line in lines[:-1]], lines[-1]
    if level == "line":
        return ended + [rest] * bool(rest) or [b""]
    # Blank lines end the paragraph before them; at the start of a document they end one without text. A paragraph is
    # the bytes from its first line to its last, line ends between them as they are.
    pattern = re.compile(rb"\A(?:\r?\n)+|(?:\r?\n){2,}")
    units, at = [], 0
    for blank in pattern.finditer(text):
        units.append(text[at : blank.start()])
        at = blank.end()
    last = re.sub(rb"\r?\n\Z", b"", text[at:])
    if at < len(text):
        units.append(last)
    return units or [b""]


# Counting --------------------------------------------------------------------


def buckets(rows):
    """The copies histogram of [(occurrences, tokens of the unit, tokens of all its occurrences)]."""
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    for occurrences, tokens, all_tokens in rows:
        high = 1
        while high < occurrences:
            high *= 2
        row = table[high]
        row[0] += 1
        row[1] += tokens
        row[2] += occurrences
        row[3] += all_tokens
    return [
        {"from": high // 2 + 1 if high > 1 else 1, "to": high, "units": r[0], "tokens": r[1], "occurrences": r[2],
         "occurrence_tokens": r[3]}
        for high, r in sorted(table.items())
    ]


def audit(options):
    inputs, sources = inputs_of(options)
    problems = {}
    by_name = {source.name: source for source in sources}
    held = []  # one entry a unit
    documents = collections.Counter()
    shards_of = collections.defaultdict(set)
    rows = []
    skipped = collections.defaultdict(lambda: [0, 0])
    for path, folder_source in inputs:
        try:
            found, raw = records(path, folder_source, options, problems)
        except Unread as unread:
            skipped[str(unread)][0] += 1
            skipped[str(unread)][1] += os.path.getsize(path)
            continue
        named_here = set()
        for position, text, named, quality in found:
            source = folder_source if named is None else by_name.get(named)
            if source is None:
                source = by_name[named] = plain_source(named, None, options)
                sources.append(source)
            named_here.add(source.name)
            documents[source.name] += 1
            for unit in units_of(text, options.level):
                # A quarter is exact in binary; the audit rounds sums of them.
                held.append(Unit(unit, len(unit) / 4, source, quality, path, (position, len(held))))
        # A source's shards are those that hold a document of it.
        for name in named_here:
            shards_of[name].add(path)
        listed = sorted(named_here, key=lambda n: n.encode()) or folder_source.name
        if len(listed) == 1 or not (options.source_key and not options.manifest):
            listed = folder_source.name if not named_here else listed[0]
        rows.append({
            "shard": path, "source": listed, "bytes": len(raw), "xxh3_128": xxhash.xxh3_128_hexdigest(raw),
            "documents": len(found),
        })
    if options.source_key and not options.manifest:
        # Folders only stand in where a record names no source.
        sources = sorted((s for s in sources if documents[s.name]), key=lambda s: s.name.encode())
        for order, source in enumerate(sources):
            source.order = order

    # The owner first: the highest weight, then the earlier source, then the path, then the position.
    held.sort(key=lambda u: (-u.source.weight * u.quality, u.source.order, os.fsencode(u.path), u.position))
    copies = collections.defaultdict(list)
    for unit in held:
        if unit.text:
            copies[unit.text].append(unit)

    def weighted(unit):
        return unit.source.weight * unit.quality * unit.tokens

    def ratio(tokens, unique):
        return tokens / unique if unique else 1.0

    owners = [group[0] for group in copies.values()]
    tokens = sum(u.tokens for u in held)
    unique = sum(u.tokens for u in owners)
    result = {
        "level": options.level,
        "totals": {
            "shards": len(rows), "documents": sum(documents.values()), "units": len(held), "unique_units": len(owners),
            "empty_units": sum(1 for u in held if not u.text),
            "bytes": sum(len(u.text) for u in held), "unique_bytes": sum(len(u.text) for u in owners),
            "tokens": tokens, "unique_tokens": unique, "repeated_tokens": tokens - unique,
            "hidden_epochs": ratio(tokens, unique),
            "weighted_unique_tokens": sum(map(weighted, owners)) / MILLION**2,
        },
        "sources": [],
    }
    in_source = {}  # (text, source name) -> its units, the best first
    for text, group in copies.items():
        for unit in group:
            in_source.setdefault((text, unit.source.name), []).append(unit)
    for source in sources:
        all_units = [u for u in held if u.source is source]
        groups = [group for (_, name), group in in_source.items() if name == source.name]
        firsts = [group[0] for group in groups]
        unique = sum(u.tokens for u in firsts)
        tokens = sum(u.tokens for u in all_units)
        owned = [u for u in owners if u.source is source]
        alone = [u for u in firsts if all(other.source is source for other in copies[u.text])]
        # Bins are the audit's to choose: here is every weight (source x document) that occurs, for whatever bins.
        qualities = collections.defaultdict(lambda: [0, 0, 0])
        for unit in all_units:
            if unit.text:
                qualities[unit.quality * source.weight][0] += 1
                qualities[unit.quality * source.weight][1] += unit.tokens
        for unit in firsts:
            qualities[unit.quality * source.weight][2] += unit.tokens
        result["sources"].append({
            "name": source.name, "shards": len(shards_of[source.name]), "documents": documents[source.name],
            "units": len(all_units), "unique_units": len(firsts),
            "bytes": sum(len(u.text) for u in all_units), "unique_bytes": sum(len(u.text) for u in firsts),
            "tokens": tokens, "unique_tokens": unique, "repeated_tokens": tokens - unique,
            "exclusive_tokens": sum(u.tokens for u in alone),
            "owned_unique_tokens": sum(u.tokens for u in owned),
            "hidden_epochs": ratio(tokens, unique),
            "quality": sum(map(weighted, firsts)) / (unique * MILLION**2) if unique else source.weight / MILLION,
            # Of the units distinct here, as `unique_tokens`: the best copy in this source stands for each.
            "weighted_unique_tokens": sum(map(weighted, firsts)) / MILLION**2,
            "max_epochs": source.max_epochs,
            "copies": buckets([(len(g), g[0].tokens, sum(u.tokens for u in g)) for g in groups]),
            "qualities": sorted([q, *row] for q, row in qualities.items()),
        })
    pairs = collections.defaultdict(lambda: [0, 0])
    for group in copies.values():
        names = sorted({u.source.name for u in group}, key=lambda n: n.encode())
        for pair in itertools.combinations(names, 2):
            pairs[pair][0] += 1
            pairs[pair][1] += group[0].tokens
    result["overlap"] = [
        {"sources": list(pair), "units": row[0], "tokens": row[1]}
        for pair, row in sorted(pairs.items(), key=lambda item: [n.encode() for n in item[0]])
    ]
    result["copies"] = buckets([(len(g), g[0].tokens, sum(u.tokens for u in g)) for g in copies.values()])
    kinds = sum(problems.values(), collections.Counter())
    result["problem_counts"] = dict(sorted(kinds.items()))
    result["problems_by_shard"] = {path: dict(found) for path, found in problems.items() if found}
    result["inputs"] = rows
    # Files and their bytes by kind.
    result["skipped"] = {kind: row for kind, row in sorted(skipped.items())}
    return result


def parser():
    made = argparse.ArgumentParser(description="Computes a whole audit the slow, plain way.")
    made.add_argument("paths", nargs="*")
    made.add_argument("--manifest")
    made.add_argument("--level", default="document", choices=["document", "paragraph", "line"])
    made.add_argument("--text-key", default="text")
    made.add_argument("--source-key")
    made.add_argument("--quality-key")
    made.add_argument("--quality-map")
    made.add_argument("--format", default="auto", choices=["auto", "jsonl", "txt"])
    made.add_argument("--txt-document", default="file", choices=["file", "line"])
    return made


if __name__ == "__main__":
    json.dump(audit(parser().parse_args()), sys.stdout, indent=1, ensure_ascii=False)
    print()
