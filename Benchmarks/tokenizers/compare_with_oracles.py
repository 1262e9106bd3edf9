#!/usr/bin/env python3
"""Compares our counts with those of the reference implementations, document by document.

    python3 compare_with_oracles.py texts FOLDER [--only NAME …] [--megabytes-per-language N]
    python3 compare_with_oracles.py fuzz [--only NAME …] [--strings 100000] [--seed 1]
    python3 compare_with_oracles.py pipelines [FOLDER] [--only NUMBER …] [--strings 100000] [--seed 1]

`pipelines` compares the small tokenizer.json files of make_pipelines.py, on fuzzed strings and on the texts of FOLDER.

The reference's counts of the texts are kept in FOLDER, since some take minutes. Exit code 0 when all agree.
Wants tiktoken 0.14.0, tokenizers 0.23.3, sentencepiece 0.2.3 and unicodedata2 16.0.0.
"""

import argparse
import glob
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import time

import unicodedata2

import oracles

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.environ.get("COUNT_TOKENS") or os.path.join(HERE, "..", ".build", "release", "count-tokens")


def read(path, limit=None):
    data = open(path, "rb").read()
    offset, documents = 0, []
    while offset < len(data) and (limit is None or offset < limit):
        length = struct.unpack_from("<I", data, offset)[0]
        documents.append(data[offset + 4:offset + 4 + length])
        offset += 4 + length
    return documents


def write(path, documents):
    with open(path, "wb") as out:
        for document in documents:
            out.write(struct.pack("<I", len(document)) + document)


def ours(vocabulary, path):
    result = subprocess.run([TOOL, "counts", oracles.path(vocabulary), path], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"count-tokens: exit {result.returncode}: {result.stdout[-500:]} {result.stderr[-500:]}")
    return [int(line) for line in result.stdout.split()]


def report(name, documents, counts, expected, remark=""):
    wrong = [index for index, (a, b) in enumerate(zip(counts, expected)) if a != b]
    if len(counts) != len(expected):
        wrong.append(-1)
    size = sum(map(len, documents)) / 1e6
    print(f"{name:32} {len(documents):7} documents {size:8.1f} MB  {len(wrong)} differ{remark}", flush=True)
    for index in wrong[:3]:
        print(f"   {counts[index]} for {expected[index]}: {documents[index][:200]!r}")
    return len(wrong)


def compare_texts(name, vocabulary, make, arguments):
    wrong, oracle = 0, None
    for path in sorted(glob.glob(os.path.join(arguments.folder, "*.docs"))):
        limit = arguments.megabytes_per_language
        documents = read(path, None if limit is None else limit * 1_000_000)
        kept = f"{path[:-5]}.{name}.{limit or 'all'}.counts"
        if os.path.exists(kept):
            expected = [int(line) for line in open(kept)]
        else:
            oracle = oracle or make()
            expected = [oracle(document.decode()) for document in documents]
            with open(kept, "w") as out:
                out.writelines(f"{count}\n" for count in expected)
        with tempfile.NamedTemporaryFile() as file:
            write(file.name, documents)
            wrong += report(f"{name} {os.path.basename(path)[:-5]}", documents, ours(vocabulary, file.name), expected)
    return wrong


def compare_pipelines(arguments):
    """Both ways for every file that make_pipelines.py writes."""
    import tokenizers

    import make_pipelines
    PIECES.extend(make_pipelines.PIECES)
    wrong, kinds = 0, {f"fuzz seed {arguments.seed}": fuzzed(arguments.seed, arguments.strings)}
    for path in sorted(glob.glob(os.path.join(arguments.folder, "*.docs"))) if arguments.folder else []:
        limit = arguments.megabytes_per_language
        kinds[os.path.basename(path)[:-5]] = read(path, None if limit is None else limit * 1_000_000)
    models = {name: json.dumps(model, ensure_ascii=False) for name, model in make_pipelines.small_models().items()}
    with tempfile.TemporaryDirectory() as folder:
        for kind, documents in kinds.items():
            write(os.path.join(folder, kind), documents)
        for index, (name, model, normalizer, pretokenizer, added) in enumerate(make_pipelines.pipelines()):
            if arguments.only and str(index) not in arguments.only:
                continue
            file = os.path.join(folder, "tokenizer.json")
            with open(file, "w") as out:
                out.write(make_pipelines.assemble(models[model], make_pipelines.component(normalizer),
                                                  make_pipelines.component(pretokenizer), json.dumps(added)))
            tokenizer = tokenizers.Tokenizer.from_file(file)
            tokenizer.encode_special_tokens = True
            for kind, documents in kinds.items():
                start = time.process_time()
                expected = [len(tokenizer.encode(text.decode(), add_special_tokens=False).ids) for text in documents]
                seconds = time.process_time() - start
                line = subprocess.run([TOOL, "time", file, os.path.join(folder, kind), "1"], capture_output=True, text=True).stdout
                speed = float(line.split("MB/s")[1].split()[0]) if "MB/s" in line else 0
                theirs = sum(map(len, documents)) / 1e6 / seconds
                wrong += report(f"{index:2} {name}, {kind}", documents, ours(file, os.path.join(folder, kind)), expected,
                                f"  {speed:.0f} MB/s cold, {speed / theirs:.0f} x the reference")
    return wrong


# Pieces that patterns treat differently, and whose neighbourhoods decide where pretokens end.
PIECES = ["'", "'s", "'S", "'t", "'re", "'VE", "'ll", "'lL", "'d", "'\u017f", "\u2019s", " ", "  ", "   ", "\t", "\n", "\r\n",
          "\r", "\n\n", " \n", "\n ", "/", "//", "\u00a0", "\u3000", "\u2028", "\u0085", "\u200b", "\x00", "\x1c", "\x7f",
          "a", "the", " the", "The", "HTML", "iPhone", "ABc", "é", "É", "e\u0301", "ß", "ǅ", "ʰ", "ª", "\u0301", "\u0903",
          "1", "12", "123", "1234567", "½", "٣", "Ⅷ", "！", "。", "—", "…", "€", "+", "_", "-", ".", ",", "!!", "({[", "::",
          "中", "文字", "日本語", "ひらがな", "カタカナ", "・", "ー", "ﾞ", "한국어", "각", "русский", "РУС", "العربية", "ู", "ไทย",
          "हिन्दी", "👍", "👨‍👩‍👧", "🏽", "𝒜", "𐐀", "𐐨", "\ufeff", "\ufffd", "<|endoftext|>", "<think>", "\u2581", "▁▁", ">", "</",
          "                ", "aaaaaaaaaaaaaaaaaaaa", "x" * 70, "=" * 80, "\n" * 20, " " * 90]


def assigned(random_source):
    """A code point of Unicode 16 that is neither unassigned nor a surrogate nor for private use."""
    while True:
        top = random_source.choice([0x80, 0x100, 0x800, 0x3000, 0x10000, 0x20000, 0x110000])
        code = random_source.randrange(top)
        if unicodedata2.category(chr(code)) not in ("Cn", "Cs", "Co"):
            return chr(code)


def fuzzed(seed, strings):
    source = random.Random(seed)
    documents = []
    for _ in range(strings):
        kind = source.random()
        if kind < 0.001:
            # Long pretokens: one piece over and over, letters at random, characters at random.
            pool = source.choice([[source.choice(PIECES)], "abcdefghij", "ab", "的一是不了人我在有他这中大来上国", "абвгдеж", "=-#* "])
            documents.append("".join(source.choice(pool) for _ in range(source.choice([300, 1000, 5000]))).encode())
            continue
        length = source.choice([1, 2, 3, 5, 8, 13, 30, 60])
        if kind < 0.5:
            text = "".join(source.choice(PIECES) for _ in range(length))
        elif kind < 0.7:
            text = "".join(assigned(source) for _ in range(length))
        elif kind < 0.8:
            text = "".join(source.choice(" \n\r\t'asStRe/!19.") for _ in range(length))
        elif kind < 0.9:
            text = "".join(chr(source.randrange(128)) for _ in range(length * 2))
        else:
            text = "".join(source.choice([source.choice(PIECES), assigned(source), chr(source.randrange(128))])
                           for _ in range(length))
        documents.append(text.encode())
    return documents


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["texts", "fuzz", "pipelines"])
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--megabytes-per-language", type=float)
    parser.add_argument("--strings", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.what == "pipelines":
        return 1 if compare_pipelines(arguments) else 0
    wrong = 0
    for name, (vocabulary, make) in oracles.ORACLES.items():
        if arguments.only and name not in arguments.only:
            continue
        if arguments.what == "texts":
            wrong += compare_texts(name, vocabulary, make, arguments)
        else:
            documents = fuzzed(arguments.seed, arguments.strings)
            oracle = make()
            expected = [oracle(document.decode()) for document in documents]
            with tempfile.NamedTemporaryFile() as file:
                write(file.name, documents)
                wrong += report(f"{name} fuzz seed {arguments.seed}", documents, ours(vocabulary, file.name), expected)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
