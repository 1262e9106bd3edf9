#!/usr/bin/env python3
"""Generates a hostile corpus from a seed: the JSON that breaks field scanners.

    python generate.py --out DIR --seed 7 [--documents 20000] [--damage]

The same texts are written in many spellings (raw, short escapes, `\\uXXXX` in either case,
surrogate pairs), inside and across sources, in shards of many frames cut anywhere. With
`--damage` some records and shards are broken in known ways; what was broken, by kind and shard, is
written to `generated.json`.

DIR gets `shards/<source>/*.jsonl[.zst|.gz]`, the manifest `corpus.yml` and `generated.json`.
"""

import argparse
import gzip
import json
import os
import random
import struct
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import environment

if __name__ == "__main__":
    environment.enter()

import zstandard

# Not in the order of their names, so that manifest order and name order differ.
SOURCES = ["web", "wiki", "code", "Äpfel", "books"]

# What records name: one name in two Unicode forms, which are two sources because their bytes differ.
NAMED = [*SOURCES, "A\u0308pfel", "web "]

SHORT = {'"': '\\"', "\\": "\\\\", "/": "\\/", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}

PIECES = [
    "plain words of English, nothing else. ", "tab\tand\nnewline\r\n", 'a "quoted" word, ', "C:\\path\\", "\\\\\\", '\\"', "/slashes//",
    "naïve café ", "cafe\u0301 ", "日本語の文章。", "русский текст ", "עברית ", "😀🏽‍👩‍💻", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ", "\u2028\u2029", "\ufeff", "\uffff\ufffd",
    "\U0010ffff", "\x00", "\x1f\x7f", "\u0080\u009f", '{"text": "decoy"}', '"text":', '", "text": "', "\\u0041", "\\ud83d\\ude00", "}\n{",
    "   ", "\n\n", "\n", "\r\n\r\n", "\u00a0", "0", "null", "a" * 15, "b" * 16, "c" * 17, "d" * 31, "e" * 33,
]


def text_of(rng, length):
    """A text of about so many characters."""
    if length == 0:
        return ""
    if rng.random() < 0.3:
        return "".join(rng.choice("abcdefghij     \n,.") for _ in range(length))
    parts, have = [], 0
    while have < length:
        piece = rng.choice(PIECES)
        parts.append(piece)
        have += len(piece)
    return "".join(parts)


def escape(rng, code):
    digits = f"{code:04x}"
    return "\\u" + "".join(d.upper() if rng.random() < 0.5 else d for d in digits)


def spelled(rng, text, taste):
    """A JSON string of the text. `taste` is the share of characters escaped without need."""
    if taste == 0 and len(text) > 200:
        return json.dumps(text, ensure_ascii=rng.random() < 0.5)
    out = ['"']
    for character in text:
        code = ord(character)
        needs = code < 0x20 or character in '"\\'
        if not needs and rng.random() >= taste:
            out.append(character)
        elif character in SHORT and rng.random() < 0.7:
            out.append(SHORT[character])
        elif code > 0xFFFF:
            high, low = struct.unpack("<HH", character.encode("utf-16-le"))
            out.append(escape(rng, high) + escape(rng, low))
        else:
            out.append(escape(rng, code))
    out.append('"')
    return "".join(out)


def number(rng, value):
    """One of the ways to write a number."""
    forms = [repr(value)]
    if value == int(value):
        forms += [str(int(value)), f"{int(value)}.0", f"{int(value)}e0", f"{int(value)}.000E+0"]
    forms += [f"{value * 10!r}e-1" if float(f"{value * 10!r}e-1") == value else repr(value)]
    return rng.choice(forms)


def decoy(rng, depth=0):
    """Any JSON value, with the wanted keys in wrong places."""
    kind = rng.randrange(9 if depth < 5 else 6)
    if kind == 0:
        return rng.choice(["null", "true", "false"])
    if kind == 1:
        return rng.choice(["0", "-0", "-1.5e-7", "1E+400", "123456789012345678901234567890", "0.1", "-273.15"])
    if kind <= 4:
        return spelled(rng, text_of(rng, rng.randrange(12)), rng.choice([0, 0.3, 1]))
    if kind == 5:
        return rng.choice(["[]", "{}", "[ ]", "{ }", '""', '"\\ud800"', '"\\udc00\\ud800x"'])
    if kind == 6:
        return "[" + space(rng) + (space(rng) + "," + space(rng)).join(
            decoy(rng, depth + 1) for _ in range(rng.randrange(1, 4))) + space(rng) + "]"
    # A key stands once in an object: twice is damage.
    keys = rng.sample(["text", "source", "quality", "metadata", "a", "", "te\\u0078t2", "\\\"text", "x.y"], rng.randrange(1, 4))
    return "{" + ",".join(f'{space(rng)}"{key}"{space(rng)}:{space(rng)}{decoy(rng, depth + 1)}' for key in keys) + "}"


def space(rng):
    return "" if rng.random() < 0.8 else rng.choice([" ", "  ", "\t", "\r", " \t "])


def key_of(rng, name):
    """The key as written: now and then with escapes."""
    if rng.random() < 0.95:
        return f'"{name}"'
    return '"' + "".join(escape(rng, ord(c)) if rng.random() < 0.4 else c for c in name) + '"'


def evaluation_sets(shards, folder, items=100):
    """Writes evaluation sets into a folder: the first words of long texts of the shards, and some that are nowhere."""
    os.makedirs(folder)
    found = ["these words are in no shard of the corpus whatever else may be there to be read"]
    for shard in sorted(name for name in shards if name.endswith(".jsonl")):
        with open(shard, encoding="utf-8", errors="replace") as file:
            for line in file:
                try:
                    text = json.loads(line).get("text")
                except (ValueError, AttributeError):
                    continue
                if isinstance(text, str) and len(text.split()) >= 13 and len(found) < items:
                    found.append(" ".join(text.split()[:60]))
    with open(os.path.join(folder, "sets.jsonl"), "w", encoding="utf-8", errors="replace") as file:
        for number, text in enumerate(found):
            item = {"set": ["easy", "hard"][number % 2], "id": f"{number}", "text": text}
            file.write(json.dumps(item) + "\n")


def record(rng, text, source, quality, big):
    """One record: keys in any order, decoys around them."""
    taste = 0 if len(text) > 5000 else rng.choice([0, 0, 0.05, 0.5, 1])
    members = [(key_of(rng, "text"), spelled(rng, text, taste)), (key_of(rng, "source"), spelled(rng, source, 0.1))]
    inner = [f'"n"{space(rng)}:{decoy(rng)}']
    if quality is not None:
        inner.append(f"{key_of(rng, 'quality')}{space(rng)}:{space(rng)}{number(rng, quality)}")
    rng.shuffle(inner)
    members.append((key_of(rng, "metadata"), "{" + (space(rng) + "," + space(rng)).join(inner) + "}"))
    for name in rng.sample(["id", "meta", "texts", "tex", "Text", "added", "quality", "deep"], rng.randrange(4)):
        members.append((f'"{name}"', decoy(rng)))
    if big:
        members.append(('"html"', spelled(rng, text_of(rng, big), 0)))
    rng.shuffle(members)
    body = (space(rng) + "," + space(rng)).join(f"{k}{space(rng)}:{space(rng)}{v}" for k, v in members)
    return space(rng) + "{" + space(rng) + body + space(rng) + "}" + space(rng)


def framed(rng, data):
    """zstd frames of the data, cut anywhere, with settings of every kind."""
    out, at = [], 0
    style = rng.randrange(4)
    tiny = min(len(data), 200_000) if style == 3 else 0  # a stretch of tiny frames
    while at < len(data) or not out:
        if style == 0:
            size = len(data)
        elif at < tiny:
            size = rng.randrange(1, 400)
        else:
            size = rng.randrange(1, 1 << rng.randrange(10, 22))
        piece = data[at : at + size]
        at += len(piece)
        settings = zstandard.ZstdCompressionParameters.from_level(
            rng.choice([-5, 1, 3, 9]), write_checksum=rng.random() < 0.5, write_content_size=rng.random() < 0.5)
        packer = zstandard.ZstdCompressor(compression_params=settings)
        if rng.random() < 0.5:
            out.append(packer.compress(piece))
        else:
            stream = packer.compressobj()
            out.append(stream.compress(piece) + stream.flush())
        if rng.random() < 0.1:
            filler = rng.randbytes(rng.randrange(40))
            out.append(struct.pack("<II", 0x184D2A50 + rng.randrange(16), len(filler)) + filler)
            if rng.random() < 0.3:
                out.append(zstandard.ZstdCompressor().compress(b""))
    return b"".join(out)


def gzipped(rng, data):
    """gzip members of the data, cut anywhere."""
    out, at = [], 0
    while at < len(data) or not out:
        size = len(data) if rng.random() < 0.3 else rng.randrange(1, 1 << rng.randrange(10, 22))
        out.append(gzip.compress(data[at : at + size], rng.choice([1, 6]), mtime=0))
        at += size
    return b"".join(out)


QUALITIES = [0.0, 0.1, 0.2, 0.25, 0.3, 0.5, 0.6, 1.0, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 0.333333, 2.718281, 1 / 3, 2.9999999]

DAMAGE = [
    "bad_json", "bad_json", "missing_key", "text_not_a_string", "invalid_utf8", "lone_surrogate", "duplicate_key",
    "missing_quality", "invalid_elsewhere", "non_finite", "byte_order_mark",
]


def damaged(rng, kind, text, source, quality):
    """A record broken in one known way, as bytes."""
    plain = spelled(rng, text, 0.1)
    rest = f'"source": {spelled(rng, source, 0)}, "metadata": {{"quality": {quality!r}}}'
    if kind == "bad_json":
        whole = f'{{"text": {plain}, {rest}}}'
        cut = rng.choice(["cut", "comma", "colon", "control", "escape", "hex", "after", "array", "bare", "number", "word", "quote"])
        return {
            "cut": whole[: rng.randrange(1, len(whole) - 1)],
            "comma": whole[:-1] + ",}",
            "colon": f'{{"text" {plain}}}',
            "control": f'{{"text": "a\tb", {rest}}}',
            "escape": f'{{"text": "a\\qb", {rest}}}',
            "hex": f'{{"text": "a\\u12g4b", {rest}}}',
            "after": whole + "x",
            "array": f"[{whole}]",
            "bare": plain,
            "number": f'{{"text": {plain}, "n": 01}}',
            "word": f'{{"text": {plain}, "n": nul}}',
            "quote": f"{{'text': {plain}}}",
        }[cut].encode()
    if kind == "missing_key":
        return rng.choice([f'{{"Text": {plain}, {rest}}}', f'{{{rest}}}', "{}", f'{{"a": {{"text": {plain}}}}}']).encode()
    if kind == "text_not_a_string":
        value = rng.choice(["null", "1", "true", "[\"a\"]", '{"text": "a"}', "1.5e3"])
        return f'{{"text": {value}, {rest}}}'.encode()
    if kind == "invalid_utf8":
        bad = rng.choice([b"\xff", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x98", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf5\x80\x80\x80", b"\x80\x80"])
        return b'{"text": "' + rng.choice([b"", b"caf"]) + bad + rng.choice([b"", b" x", "é".encode()]) + b'", ' + rest.encode() + b"}"
    if kind == "lone_surrogate":
        bad = rng.choice(["\\ud800", "\\udc00", "\\ud83dx", "\\ude00\\ud83d", "\\ud800\\ud800\\udc00", "\\uD83D\\u0041", "\\ud83d\\n"])
        return f'{{"text": "ab{bad}", {rest}}}'.encode()
    if kind == "duplicate_key":
        named = f'"source": {spelled(rng, source, 0)}'
        return rng.choice([
            f'{{"text": "first", {rest}, "text": {plain}}}',
            f'{{"text": null, {rest}, "text": {plain}}}',
            f'{{"text": {plain}, {rest}, "text": null}}',
            f'{{"text": {plain}, {rest}, "text": {{"text": "inner"}}}}',
            f'{{"text": {plain}, {named}, "metadata": {{"quality": {quality!r}, "quality": 1.5}}}}',
            f'{{"text": {plain}, {rest}, "metadata": {{"n": 1}}}}',
            f'{{"text": {plain}, {rest}, "metadata": 3}}',
            f'{{"text": {plain}, "metadata": 3, {rest}}}',
            f'{{"text": {plain}, "source": "nowhere", {rest}}}',
        ]).encode()
    if kind == "invalid_elsewhere":
        # Not in the text: nothing is lost and nothing is reported.
        return b'{"text": ' + plain.encode() + b', "html": "\xff\xc3(", ' + rest.encode() + b"}"
    if kind == "non_finite":
        value = rng.choice(["NaN", "Infinity", "-Infinity", "[1, NaN]", '{"a": -Infinity}'])
        return f'{{"text": {plain}, "score": {value}, {rest}}}'.encode()
    if kind == "byte_order_mark":
        return b"\xef\xbb\xbf" + f'{{"text": {plain}, {rest}}}'.encode()
    if kind == "missing_quality":
        value = rng.choice(["", '"quality": NaN', '"quality": -Infinity', '"quality": null', '"quality": "3"', '"quality": "-2"', '"quality": "high"', '"quality": true', '"quality": -1', '"quality": 17', '"quality": {}', '"quality": 1e400'])
        return f'{{"text": {plain}, "source": {spelled(rng, source, 0)}, "metadata": {{{value}}}}}'.encode()
    raise ValueError(kind)


def generate(out, seed, documents, damage):
    rng = random.Random(f"hostile {seed} {documents}")
    shards_folder = os.path.join(out, "shards")
    lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200, 1000, 3000]
    pool = [text_of(rng, rng.choice(lengths)) for _ in range(documents // 2)]
    pool += [text_of(rng, n + d) for n in [4096, 65536, 131072, 1 << 20] for d in [-1, 0, 1]]
    pool += [text_of(rng, 5_000_000), "z" * 5_000_000]
    # A few texts have very many copies, most have one: like the web.
    weights = [1 / (1 + i) ** 0.7 for i in range(len(pool))]
    rng.shuffle(pool)
    # Huge texts are drawn rarely: once or a few times each.
    huge = [i for i, text in enumerate(pool) if len(text) > 100_000]
    for index in huge:
        weights[index] = 0
    chosen = rng.choices(range(len(pool)), weights, k=documents)
    for index in huge:
        for _ in range(rng.randrange(1, 4)):
            chosen[rng.randrange(len(chosen))] = index

    shards = []
    for source in SOURCES:
        for part in range(rng.randrange(2, 6)):
            shards.append([source, f"part-{part:02d}", rng.choice([".zst", ".zst", ".zst", ".gz", ""]), []])
    shards.append(["web", "deeper/part-00", ".zst", []])
    for index in chosen:
        rng.choice(shards)[3].append(index)
    shards.append(["books", "one", ".zst", chosen[:1]])
    shards.append(["code", "blank", "", []])
    if damage:
        shards.append(["code", "empty", "", []])

    counts, file_damage = {}, {}
    names = []
    for source, name, packed, held in shards:
        path = os.path.join(shards_folder, source, f"{name}.jsonl{packed}")
        names.append(os.path.relpath(path, out))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        end = rng.choice([b"\n", b"\n", b"\r\n"])
        blanks = rng.random() < 0.4
        lines = []
        for index in held:
            text = pool[index]
            quality = rng.choice(QUALITIES)
            named = source if rng.random() < 0.8 else rng.choice(NAMED)
            big = rng.choice([70_000, 5_000_000]) if rng.random() < 1 / 8000 else 0
            lines.append(record(rng, text, named, quality, big).encode() + end)
            if blanks and rng.random() < 0.05:
                lines.append(rng.choice([b"\n", b"\r\n", b"\n\n"]))
            if damage and rng.random() < 0.02:
                kind = rng.choice(DAMAGE)
                text = rng.choice(pool) if rng.random() < 0.5 else "broken"
                text = text if len(text) < 5000 else "broken"
                lines.append(damaged(rng, kind, text, source, quality) + end)
                counts[kind] = counts.get(kind, 0) + 1
        if lines and rng.random() < 0.5:
            lines[-1] = lines[-1].rstrip(b"\r\n")
        data = b"".join(lines)
        if damage and name.endswith("part-00") and rng.random() < 0.5:
            data += b"\0" * rng.choice([1, 4096, 2_000_000])
        if name == "blank":
            data = b"\n \r\n\n\t\n"
        if data and rng.random() < 0.1:
            data = b"\xef\xbb\xbf" + data
        if packed:
            data = framed(rng, data) if packed == ".zst" else gzipped(rng, data)
            if damage and packed == ".gz" and rng.random() < 0.5:
                data += rng.choice([b"\0" * 5000, b"garbage", b"\0" * 600 + b"x", b"garbage\x1f\x8b\x08\x00", b"\x1f"])
            if damage and name.endswith("part-01") and rng.random() < 0.7 and len(data) > 1000:
                data = data[: rng.randrange(len(data) // 2, len(data) - 3)]
                file_damage[names[-1]] = "cut"
        with open(path, "wb") as file:
            file.write(data)

    # Weights whose products tie exactly only in decimal arithmetic: 0.1 x 3 = 0.3 x 1 = 0.6 x 0.5.
    weights = dict(zip(SOURCES, rng.sample([0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 0.7], len(SOURCES))))
    manifest = ["# generated", "sources:"]
    for source in SOURCES:
        fields = [f"name: {json.dumps(source, ensure_ascii=False)}"]
        if source == "web":
            fields.append('paths: ["shards/web/**/*.jsonl*"]')
        elif source == "wiki":
            fields.append('paths: ["shards/wiki/part-00.*", "shards/wiki/part-0[1-9].*"]')
        else:
            fields.append(f'paths: ["shards/{source}/*.jsonl*"]')
        if rng.random() < 0.8:
            fields.append(f"quality: {weights[source]}")
        if rng.random() < 0.7:
            fields.append("quality_key: metadata.quality")
            if rng.random() < 0.4:
                fields.append("quality_map: {0: 0.2, 3: 1.0, 5: 2.0}")
        if rng.random() < 0.4:
            fields.append(f"max_epochs: {rng.choice([1, 4, 2.5])}")
        manifest.append("  - {" + ", ".join(fields) + "}")
    with open(os.path.join(out, "corpus.yml"), "w", encoding="utf-8") as file:
        file.write("\n".join(manifest) + "\n")
    with open(os.path.join(out, "generated.json"), "w", encoding="utf-8") as file:
        json.dump({"seed": seed, "documents": documents, "shards": names, "damaged_records": counts,
                   "damaged_files": file_damage}, file, indent=1)
    return names


def generate_texts(out, seed, files, damage):
    """Writes shards of plain text, `texts/<source>/*.txt[.zst|.gz]`; returns their names."""
    rng = random.Random(f"hostile texts {seed} {files}")
    pool = [text_of(rng, rng.choice([0, 1, 15, 16, 17, 200, 3000])) for _ in range(max(4, files // 3))]
    pool.append(text_of(rng, 1_000_000))
    names = []
    for number in range(files):
        source = rng.choice(SOURCES)
        packed = rng.choice(["", "", ".zst", ".gz"])
        # Whole texts repeat, and so do lines inside them.
        text = "\n".join(rng.choice(pool) for _ in range(rng.choice([1, 1, 1, 3, 40])))
        data = text.encode()
        if rng.random() < 0.2:
            data = data.replace(b"\n", b"\r\n")
        if rng.random() < 0.3:
            data += b"\n"
        if rng.random() < 0.1:
            data = b"\xef\xbb\xbf" + data
        if damage and rng.random() < 0.1:
            at = rng.randrange(len(data) + 1)
            data = data[:at] + rng.choice([b"\xff", b"\xe2\x82", b"\xed\xa0\x80", b"\x80\x80"]) + data[at:]
        if packed:
            data = framed(rng, data) if packed == ".zst" else gzipped(rng, data)
            if damage and rng.random() < 0.2 and len(data) > 40:
                data = data[: rng.randrange(20, len(data) - 3)]
        # An empty plain file is a note of its own.
        if not data and not damage:
            data = b"\n"
        # The bytes say what is compressed, not the name.
        shown = packed if rng.random() < 0.9 else ""
        names.append(f"texts/{source}/{number:05d}.txt{shown}")
        path = os.path.join(out, names[-1])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
    return names


def generate_wide_texts(out, seed, files=24):
    """Writes texts in UTF-16 and UTF-32, some without a mark and some that no rule can tell; returns their names."""
    rng = random.Random(f"wide texts {seed}")
    encodings = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
    names = []
    for number in range(files):
        text = text_of(rng, rng.choice([2, 10, 300, 5000]))
        if rng.random() < 0.7:
            # Without what is no text in any encoding.
            text = "".join(c for c in text if c >= " " or c in "\t\n\r")
        data = text.encode(encodings[number % len(encodings)])
        if rng.random() < 0.2:
            # UTF-8 with zeros.
            data = text.encode().replace(b" ", b"\0")
        packed = rng.choice(["", "", ".zst", ".gz"])
        if packed and data:
            data = framed(rng, data) if packed == ".zst" else gzipped(rng, data)
        names.append(f"texts/{rng.choice(SOURCES)}/wide-{number:05d}.txt{packed}")
        path = os.path.join(out, names[-1])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data or b"\n")
    return names


def main():
    parser = argparse.ArgumentParser(description="Generates a hostile corpus from a seed.")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--damage", action="store_true", help="break some records and shards in known ways")
    options = parser.parse_args()
    names = generate(options.out, options.seed, options.documents, options.damage)
    total = sum(os.path.getsize(os.path.join(options.out, name)) for name in names)
    print(f"{options.out}: seed {options.seed}, {options.documents} documents in {len(names)} shards, {total / 1e6:.1f} MB on disk")


if __name__ == "__main__":
    main()
