"""Near duplicates by the method `minhash/14x8/w5`, restated with NumPy.

Written from Sources/CorpusAudit/CorpusAudit.docc/Guides/FindNearDuplicates.md, not from the Swift. The words come from Benchmarks/checks/restatement.py, the
hashes from python-xxhash.
"""

import os
import struct
import sys

import numpy
import xxhash

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "checks"))
from restatement import words  # noqa: E402 (checks/restatement.py)

BANDS, ROWS, COMPARED = 14, 8, 32
MASK = (1 << 64) - 1


def splitmix(seed, count):
    numbers = []
    for _ in range(count):
        seed = (seed + 0x9E3779B97F4A7C15) & MASK
        number = ((seed ^ seed >> 30) * 0xBF58476D1CE4E5B9) & MASK
        number = ((number ^ number >> 27) * 0x94D049BB133111EB) & MASK
        numbers.append(number ^ number >> 31)
    return numbers


CONSTANTS = splitmix(int.from_bytes(b"datawall", "big"), BANDS * ROWS)
A = numpy.array([number & 0xFFFFFFFF | 1 for number in CONSTANTS], dtype=numpy.uint32)[:, None]
B = numpy.array([number >> 32 for number in CONSTANTS], dtype=numpy.uint32)[:, None]


def shingle_hash(sequence):
    hashed = 0
    for word in sequence:
        hashed = (hashed * 0x9E3779B97F4A7C15 + xxhash.xxh3_64_intdigest(word.encode())) & MASK
    return ((hashed ^ hashed >> 32) * 0xD6E8FEB86659FD93 & MASK) >> 32


def shingle_words(text):
    """The shingles of a text, as tuples of words."""
    parts = words(text)
    weights = [5 if is_character else 13 for _, is_character in parts]
    if sum(weights) < 65:
        return [tuple(word for word, _ in parts)] if parts else []
    found, end, weight = [], 0, 0
    for start in range(len(parts)):
        while weight < 65 and end < len(parts):
            weight += weights[end]
            end += 1
        if weight < 65:
            break
        found.append(tuple(word for word, _ in parts[start:end]))
        weight -= weights[start]
    return found


def shingles(text):
    return [shingle_hash(sequence) for sequence in shingle_words(text)]


def minima(numbers):
    """The 112 minima of a set of 32-bit numbers; NumPy's products wrap at 32 bits."""
    return (A * numpy.array(list(numbers), dtype=numpy.uint32)[None, :] + B).min(axis=1)


def keys(signature):
    return [xxhash.xxh3_64_intdigest(struct.pack("<9I", band, *signature[ROWS * band:ROWS * band + ROWS].tolist()))
            for band in range(BANDS)]


def near_copies(documents, thresholds):
    """Which distinct texts are near copies: for each threshold, {fingerprint: fingerprint of what it is a copy of}.

    `documents` are (fingerprint, bytes, band keys). Pairs are compared as the method says: in each bucket with the 32 of
    highest priority before it.
    """
    order = sorted(documents, key=lambda one: (-one[1], one[0]))
    buckets, shared = {}, {}
    for place, (_, _, own) in enumerate(order):
        for key in own:
            bucket = buckets.setdefault(key, [])
            for leader in bucket[:COMPARED]:
                shared[place, leader] = shared.get((place, leader), 0) + 1
            bucket.append(place)
    leaders = {}
    for (place, leader), count in shared.items():
        leaders.setdefault(place, []).append((leader, count))
    found = {}
    for threshold in thresholds:
        dropped = {}
        for place in range(len(order)):
            for leader, count in sorted(leaders.get(place, [])):
                if count >= threshold and leader not in dropped:
                    dropped[place] = leader
                    break
        found[threshold] = {order[place][0]: order[leader][0] for place, leader in dropped.items()}
    return found, {
        "capped_buckets": sum(len(bucket) > COMPARED + 1 for bucket in buckets.values()),
        "largest_bucket": max((len(bucket) for bucket in buckets.values()), default=0),
    }
