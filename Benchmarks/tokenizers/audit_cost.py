#!/usr/bin/env python3
"""Measures what counting tokens adds to an audit, beside our counting alone and beside Hugging Face's tokenizers.

    python3 audit_cost.py CORPUS [--rounds 7] [--work FOLDER] [--every 40]

CORPUS is what `Benchmarks/corpus/build` makes. In each round, in turn, one thread each: the audit without a vocabulary, the
audit with cl100k, with cl100k and o200k, and from a 1 % sample; `count-tokens` on the distinct texts, in the order in which
an audit meets them; and the encoding of every 40th of them by tokenizers 0.23.3 with the same pattern and merges (OLMo 2's
file). CPU seconds; the last is scaled by bytes. Prints Markdown.
"""

import argparse
import glob
import json
import os
import resource
import statistics
import struct
import subprocess
import sys
import time

import compare_with_oracles
import oracles

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
DATAWALL = os.environ.get("DATAWALL") or os.path.join(ROOT, ".build", "release", "datawall")


def extract(corpus, path):
    """Writes the distinct texts of a corpus as a file of documents, once."""
    if os.path.exists(path):
        return
    import orjson
    import zstandard
    seen, work = set(), path + ".part"
    with open(work, "wb") as out:
        for shard in sorted(glob.glob(os.path.join(corpus, "**", "*.jsonl.zst"), recursive=True)):
            with open(shard, "rb") as file:
                reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
                import io
                for line in io.BufferedReader(reader, buffer_size=1 << 20):
                    text = orjson.loads(line)["text"].encode()
                    if text and text not in seen:
                        seen.add(text)
                        out.write(struct.pack("<I", len(text)) + text)
    os.rename(work, path)


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = subprocess.run(command, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)}: {result.stderr or result.stdout}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, result.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--work", default="/tmp")
    parser.add_argument("--every", type=int, default=40)
    arguments = parser.parse_args()
    cl100k, o200k = (oracles.path(oracles.ORACLES[name][0]) for name in ("cl100k", "o200k"))
    texts = os.path.join(arguments.work, "distinct.docs")
    extract(arguments.corpus, texts)
    size = os.path.getsize(texts)
    few = [document.decode() for document in compare_with_oracles.read(texts)[::arguments.every]]
    few_bytes = sum(len(text.encode()) for text in few)
    encode = oracles.ORACLES["dolma2"][1]()

    audit = [DATAWALL, "audit", arguments.corpus, "--threads", "1", "--json"]
    runs = {
        "audit, no vocabulary": lambda: cpu(audit),
        "audit, cl100k": lambda: cpu(audit + ["--tokenizer", cl100k]),
        "audit, cl100k and o200k": lambda: cpu(audit + ["--tokenizer", cl100k, "--tokenizer", o200k]),
        "audit, cl100k, --sample 0.01": lambda: cpu(audit + ["--tokenizer", cl100k, "--sample", "0.01"]),
    }
    seconds = {name: [] for name in [*runs, "counting alone", "Hugging Face encode"]}
    unique = None
    for _ in range(arguments.rounds):
        for name, run in runs.items():
            spent, output = run()
            seconds[name].append(spent)
            if name == "audit, cl100k":
                unique = json.loads(output)["totals"]["unique_tokens"]
        line = cpu([compare_with_oracles.TOOL, "time", cl100k, texts, "1"])[1]
        fields = dict(zip(line.split()[::2], line.split()[1::2]))
        if int(fields["tokens"]) != unique:
            sys.exit(f"the audit counts {unique} unique tokens, count-tokens {fields['tokens']}")
        seconds["counting alone"].append(int(fields["bytes"]) / float(fields["MB/s"]) / 1e6)
        start = time.process_time()
        for text in few:
            encode(text)
        seconds["Hugging Face encode"].append((time.process_time() - start) * size / few_bytes)

    print(f"{size / 1e6:.0f} MB of distinct text, {unique:,} tokens; {arguments.rounds} rounds\n")
    print("| run, one thread | CPU s, median | lowest–highest |\n| --- | ---: | ---: |")
    for name, values in seconds.items():
        print(f"| {name} | {statistics.median(values):.2f} | {min(values):.2f}–{max(values):.2f} |")

    def ratio(above, *below):
        values = sorted(a / sum(parts) for a, *parts in zip(seconds[above], *(seconds[name] for name in below)))
        return f"{statistics.median(values):.3f} ({values[0]:.3f}–{values[-1]:.3f})"

    print("\n| within a round | median (range) | wanted |\n| --- | ---: | ---: |")
    print("| audit with cl100k / (counting alone + audit without) | "
          f"{ratio('audit, cl100k', 'counting alone', 'audit, no vocabulary')} | ≤ 1.25 |")
    print(f"| audit with cl100k / Hugging Face's encode alone | {ratio('audit, cl100k', 'Hugging Face encode')} | < 0.1 |")
    print("| two tokenizers / one | " + ratio("audit, cl100k and o200k", "audit, cl100k") + " | |")
    print("| a sample of 1 % / no vocabulary | " + ratio("audit, cl100k, --sample 0.01", "audit, no vocabulary") + " | |")


if __name__ == "__main__":
    main()
