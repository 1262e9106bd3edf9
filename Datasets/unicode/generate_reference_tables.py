#!/usr/bin/env python3
"""Writes the Unicode tables that Hugging Face's tokenizers uses, as Swift sources.

    python3 -m pip install unicodedata2==16.0.0 tokenizers==0.23.3
    python3 generate_reference_tables.py ../../Sources/TokenCounting

The parts of that library follow different versions of Unicode: its regular expressions 16, its lower case 17, its
punctuation 8, its normalisation forms 9. A count is exact only with the same data, so this script asks the library itself
about every code point, and takes the rest from Unicode 16.0 (LICENSE-UNICODE.txt).
"""

import os
import struct
import sys

import unicodedata2 as ucd
from tokenizers import normalizers, pre_tokenizers

from generate_tables import HEADER, base36, decomposition, is_surrogate, literal, runs

assert ucd.unidata_version == "16.0.0", f"wants Unicode 16.0.0, found {ucd.unidata_version}"

LAST = 0x10FFFF
CODES = [code for code in range(LAST + 1) if not is_surrogate(code)]
# Other_Alphabetic code points that are no marks: PropList.txt of Unicode 16.
ALPHABETIC_SYMBOLS = {*range(0x24B6, 0x24EA), *range(0x1F130, 0x1F14A), *range(0x1F150, 0x1F16A), *range(0x1F170, 0x1F18A)}


def set_runs(members):
    return "".join(f"{'NY'[value]}{base36(length)}" for value, length in
                   runs(code in members for code in range(LAST + 1)))


def splitting(pretokenizer):
    return {code for code in CODES if len(pretokenizer.pre_tokenize_str(f"a{chr(code)}a")) != 1}


def removed(normalizer):
    return {code for code in CODES if normalizer.normalize_str(f"a{chr(code)}") == "a"}


def compatibility(code):
    text = ucd.decomposition(chr(code))
    return [int(part, 16) for part in text.split()[1:]] if text.startswith("<") else None


def charsmap(entries):
    """A SentencePiece character map whose keys are single code points' UTF-8, each replaced by "b".

    A trie of at most four levels; each node has a block of 256 units of its own.
    """
    nodes, tree = 1, {}
    for code in entries:
        node = tree
        for byte in chr(code).encode():
            node = node.setdefault(byte, {})
        node[None] = True
    units = [0] * 256
    blocks = {}

    def allot(node):
        blocks[id(node)] = len(units)
        units.extend([0] * 256)
        for byte, child in node.items():
            if byte is not None:
                allot(child)

    def fill(node, at):
        base = blocks[id(node)]
        for byte, child in node.items():
            if byte is None:
                units[base] = 1 << 31
                continue
            position = base ^ byte
            offset = position ^ blocks[id(child)]
            units[position] = byte | (1 << 8 if None in child else 0) | encode_offset(offset)
            fill(child, position)

    def encode_offset(offset):
        if offset < 1 << 21:
            return offset << 10
        assert offset & 0xFF == 0
        return (offset >> 8) << 10 | 1 << 9

    allot(tree)
    units[0] = encode_offset(blocks[id(tree)])
    fill(tree, 0)
    body = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(body)) + body + b"b\0"


def main(folder):
    joining = normalizers.Precompiled(charsmap([ord("a")]))
    # Behind an "a" in one cluster of fewer than six bytes, a code point goes with it.
    extending = {code for code in CODES if code != 0 and joining.normalize_str(f"a{chr(code)}") == "b"}
    candidates = [code for code in CODES if ucd.category(chr(code)) in ("Cf", "Lo", "Mc", "Mn", "Cn") and 0x600 <= code < 0x20000]
    preceding = set()
    for start in range(0, len(candidates), 400):
        part = candidates[start:start + 400]
        ahead = normalizers.Precompiled(charsmap(part))
        preceding |= {code for code in part if ahead.normalize_str(f"{chr(code)}a") == "b"}

    # Ahead of a mark, a code point that goes with it takes it along; a control does not.
    controls = set()
    candidates = [code for code in CODES if code != 0 and (ucd.category(chr(code)) in ("Cc", "Cf", "Zl", "Zp")
                  or 0xE0000 <= code < 0xE1000 or code == 0x2065 or 0xFFF0 <= code < 0xFFF9)]
    for start in range(0, len(candidates), 400):
        part = candidates[start:start + 400]
        alone = normalizers.Precompiled(charsmap(part))
        controls |= {code for code in part if code < 0x10000 and alone.normalize_str(f"{chr(code)}\u0301") != "b"}

    accents = normalizers.StripAccents()
    bert = normalizers.BertNormalizer(clean_text=True, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    bare = normalizers.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False)
    sets = {
        "numericRuns": ("Digits: `char::is_numeric`", splitting(pre_tokenizers.Digits(individual_digits=True))),
        "punctuationRuns": ("Punctuation and BertPreTokenizer", splitting(pre_tokenizers.Punctuation())),
        "wordRuns": ("`\\\\w` of Whitespace and of `single_word`", {
            code for code in CODES if ucd.category(chr(code)) in ("Nd", "Nl", "Pc") or ucd.category(chr(code))[0] in "LM"
        } | {0x200C, 0x200D} | ALPHABETIC_SYMBOLS),
        "accentRuns": ("what StripAccents removes", removed(accents)),
        "bertAccentRuns": ("what BertNormalizer removes as accents", removed(bare)),
        "bertControlRuns": ("what BertNormalizer removes as controls", removed(bert)),
        "extendingRuns": ("what goes with the code point before it (Precompiled)", extending),
        "controlRuns": ("what no code point goes with (Precompiled)", controls | {0}),
        "precedingRuns": ("what goes with the code point behind it (Precompiled)", preceding),
    }
    lower = normalizers.Lowercase()
    lowered = []
    for code in CODES:
        text = lower.normalize_str(chr(code))
        if text != chr(code):
            lowered.append(f"{base36(code)}:" + "+".join(base36(ord(c)) for c in text))

    compose = {form: getattr(normalizers, form)() for form in ("NFD", "NFKD", "NFC")}
    combining = {code: ucd.combining(chr(code)) for code in CODES}
    unknown = set()
    for code in CODES:
        if decomposition(code) and compose["NFD"].normalize_str(chr(code)) != ucd.normalize("NFD", chr(code)):
            unknown.add(code)
        if compatibility(code) and compose["NFKD"].normalize_str(chr(code)) != ucd.normalize("NFKD", chr(code)):
            unknown.add(code)
        # A mark of a class below 240 goes before U+0345; one that is not known stays behind it.
        if 0 < combining[code] < 240 and compose["NFD"].normalize_str(f"a\u0345{chr(code)}")[1] == "\u0345":
            unknown.add(code)
    pairs = [f"{base36(code)}:" + "+".join(base36(part) for part in compatibility(code)) for code in CODES if compatibility(code)]

    with open(os.path.join(folder, "Normalizing", "ReferenceSets+Tables.swift"), "w") as out:
        out.write(HEADER.replace("generate_tables", "generate_reference_tables").replace(
            "Unicode 16.0.0", "Unicode 16.0.0 and tokenizers 0.23.3") + "\nextension ReferenceSet {\n")
        for name, (what, members) in sets.items():
            print(name, len(members))
            out.write(f"    /// Members (`Y`) and others (`N`) as runs in base 36: {what}.\n    static var {name}: StaticString {{\n"
                      f"        {literal(set_runs(members))}\n    }}\n\n")
        out.write(f"    /// Code points that tokenizers' normalisation forms do not know: they stay as they are.\n"
                  f"    static var unknownToForms: StaticString {{\n        {literal(set_runs(unknown))}\n    }}\n}}\n")
    with open(os.path.join(folder, "Normalizing", "ReferenceMappings+Tables.swift"), "w") as out:
        out.write(HEADER.replace("generate_tables", "generate_reference_tables").replace(
            "Unicode 16.0.0", "Unicode 16.0.0 and tokenizers 0.23.3") + f"""
enum ReferenceMappings {{
    /// Code points and what Lowercase makes of them, in base 36.
    static var lowercase: StaticString {{
        {literal(";".join(lowered) + ";")}
    }}

    /// Code points and their compatibility decompositions, one level deep, in base 36.
    static var compatibility: StaticString {{
        {literal(";".join(pairs) + ";")}
    }}
}}
""")
    print(len(unknown), "unknown", len(lowered), "lowered", len(pairs), "compatibility")


if __name__ == "__main__":
    main(sys.argv[1])
