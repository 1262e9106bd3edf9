#!/usr/bin/env python3
"""Measures our counting beside tiktoken and gigatoken on the same texts, one thread each, runs interleaved.

    python3 speed.py FOLDER [--tokenizers cl100k o200k gpt2] [--rounds 7] [--languages english python …]

For each text and tokenizer: CPU seconds of a first pass with an empty memo (cold) and of a second (warm), MB/s of
their medians with the lowest and highest run, and the median of the rounds' ratios to tiktoken, which has no memo.
Wants tiktoken 0.14.0 and gigatoken 0.10.0. Prints Markdown.
"""

import argparse
import os
import statistics
import subprocess
import time

import compare_with_oracles
import oracles

GIGATOKEN = {"cl100k": "cl100k", "o200k": "o200k", "llama3": "olmo3"}


def clocked(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def run_ours(tokenizer, path, size):
    line = subprocess.run([compare_with_oracles.TOOL, "time", oracles.path(oracles.ORACLES[tokenizer][0]), path, "2"],
                          capture_output=True, text=True, check=True).stdout
    cold, warm = line.split("MB/s")[1].split()
    return size / float(cold), size / float(warm)


def run_gigatoken(tokenizer, documents):
    import gigatoken
    reference = gigatoken.Tokenizer.from_tiktoken(oracles.path(oracles.ORACLES[tokenizer][0]), GIGATOKEN[tokenizer])
    cold = clocked(lambda: reference.encode_batch(documents, parallel=False))
    warm = clocked(lambda: reference.encode_batch(documents, parallel=False))
    return cold, warm


def figure(size, seconds):
    speeds = sorted(size / second for second in seconds)
    return f"{statistics.median(speeds):.0f} ({speeds[0]:.0f}–{speeds[-1]:.0f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--tokenizers", nargs="*", default=["cl100k", "o200k"])
    parser.add_argument("--languages", nargs="*", default=["english", "python", "c", "french", "russian", "chinese",
                                                           "japanese"])
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    for tokenizer in arguments.tokenizers:
        encode = oracles.ORACLES[tokenizer][1]()
        print(f"\n{tokenizer}: MB/s, median of {arguments.rounds} interleaved rounds (lowest–highest), by CPU seconds\n")
        print("| text | MB | tiktoken | gigatoken cold | warm | datawall cold | warm | cold ÷ tiktoken | warm ÷ tiktoken "
              "| cold ÷ gigatoken | warm ÷ gigatoken |")
        print("|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
        for language in arguments.languages:
            path = os.path.join(arguments.folder, language + ".docs")
            raw = compare_with_oracles.read(path)
            texts = [document.decode() for document in raw]
            size = sum(map(len, raw)) / 1e6
            theirs, fast, ours = [], [], []
            for _ in range(arguments.rounds):
                theirs.append(clocked(lambda: [encode(text) for text in texts]))
                if tokenizer in GIGATOKEN:
                    fast.append(run_gigatoken(tokenizer, raw))
                ours.append(run_ours(tokenizer, path, size))
            cold, warm = zip(*ours)
            ratio = lambda a, b: f"{statistics.median(x / y for x, y in zip(a, b)):.1f}"
            giga = [figure(size, column) for column in zip(*fast)] if fast else ["–", "–"]
            gigas = [ratio(a, b) for a, b in zip(zip(*fast), (cold, warm))] if fast else ["–", "–"]
            print(f"| {language} | {size:.1f} | {figure(size, theirs)} | {giga[0]} | {giga[1]} | {figure(size, cold)} "
                  f"| {figure(size, warm)} | {ratio(theirs, cold)} | {ratio(theirs, warm)} | {gigas[0]} | {gigas[1]} |", flush=True)


if __name__ == "__main__":
    main()
