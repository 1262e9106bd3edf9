#!/usr/bin/env python3
"""Writes golden.json: strings, and how many tokens each reference implementation makes of them.

    python3 make_golden.py            (wants tiktoken 0.14.0, tokenizers 0.23.3, sentencepiece 0.2.3)

The test suite compares with it where the vocabularies are present (fetch_vocabularies.py).
"""

import json
import os

import compare_with_oracles
import oracles

SENTENCES = [
    "", " ", "a", "Hello, world!", "The quick brown fox jumps over 13 lazy dogs.\n", "I can't believe it's 2026 already…",
    "def add(a: int, b: int) -> int:\n    return a + b\n\n\n", "#include <stdio.h>\n\tint main(void) { return 0; }\n",
    "Les œuvres complètes de l'été 1999.", "Größe, Straße, Übermut: 12.345,67 €", "Съешь же ещё этих мягких французских булок.",
    "北京的冬天很冷,但是很美。", "吾輩は猫である。名前はまだ無い。", "السلام عليكم ورحمة الله", "안녕하세요, 세계!", "नमस्ते दुनिया",
    "สวัสดีชาวโลก", "👩‍👩‍👧‍👦 family 🏳️‍🌈", "x" * 200, " " * 50, "\n" * 30, "中" * 60, "0123456789" * 5, "e\u0301 \u0041\u030a",
    "\u1e9b\u0323", "HTTPServerError: NullPointerException", "a/b//c\n/d\r\n", "<|endoftext|> <think> </s>", "\u2581x \u2581", "=" * 120,
]


def main():
    strings = SENTENCES + [document.decode() for document in compare_with_oracles.fuzzed(20261121, 150)]
    counts = {}
    for name, (_, make) in oracles.ORACLES.items():
        oracle = make()
        counts[name] = [oracle(text) for text in strings]
    with open(os.path.join(compare_with_oracles.HERE, "golden.json"), "w") as out:
        json.dump({"vocabularies": {name: file for name, (file, _) in oracles.ORACLES.items()}, "strings": strings,
                   "counts": counts}, out, ensure_ascii=True, indent=0)


if __name__ == "__main__":
    main()
