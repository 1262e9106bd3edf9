#!/usr/bin/env python3
"""Writes pipelines.json: small tokenizer.json files in parts, and how many tokens the reference makes of strings by each.

    python3 make_pipelines.py                       (wants tokenizers 0.23.3 and sentencepiece 0.2.3 with protobuf)
    python3 make_pipelines.py --files FOLDER        write each as a tokenizer.json of its own, too, and nothing else

Models are trained here, on the documentation and sources of this repository and a few sentences, because the files of
published models are not part of it. Each pipeline names a model and has its own normalizer, pretokenizer and added
tokens; the test suite puts the parts together.
"""

import argparse
import base64
import glob
import json
import os
import struct

from tokenizers import Regex, Tokenizer, models, trainers
from tokenizers import normalizers as N
from tokenizers import pre_tokenizers as P

import compare_with_oracles
import make_golden

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
BYTE_TOKENS = [f"<0x{byte:02X}>" for byte in range(256)]
GPT4 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)"
        r"|\s+")
ODD = r"\s|\p{Lu}\p{Ll}+|(?:ab|[^\W\d]{2,4}(?=[.,!]))"
CLIP = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
BLOOM = " ?[^(\\s|[.,!?…。，、।۔،])]+"
# What a fuzzed string also holds: what normalizers change, and what stands at the edges of added tokens.
PIECES = ["e\u0301x", "\u1e9b\u0323", "Å", "A\u030a", "中 ", " 中", "the ", " the", "a b", "``", "<x>", "[E]", "[CLS]", "<s>",
          "<unk>", "…", "ﬁ", "①", "\u00ad", "\u0600", "\u064b", "\u0e33", ".\u0301", "\U000105d2\u0307", "½", "２", "Ⅷ", "İ", "Σ",
          "ab.", "Abc,", "\ufe0f", "©\u200d", "\r\n\u0301", "ﬁ\u0301", "\U00016ff5", "7 ", " 7"]


def texts():
    paths = sorted(glob.glob(os.path.join(ROOT, "*.md")) + glob.glob(os.path.join(ROOT, "Sources/*/*.docc/**/*.md"), recursive=True)
                   + glob.glob(os.path.join(ROOT, "Sources", "TokenCounting", "Splitting", "*.swift")))
    return [open(path, encoding="utf-8").read() for path in paths] + make_golden.SENTENCES * 20


def charsmap():
    """A character map as SentencePiece models carry it, of a few replacements, as a trie whose nodes have blocks of 256."""
    pairs = {"ﬁ": "fi", "①": "1", "２": "2", "\u00ad": "", "…": "...", "\t": " ", "\n": " ", "\r": " ", "e\u0301": "é",
             "A\u030a": "Å", "\u2028": " ", "İ": "I\u0307", "\u3000": " ", "ﾞ": "\u3099"}
    tree, texts_of, replacements = {}, {}, b""
    for key, value in pairs.items():
        node = tree
        for byte in key.encode():
            node = node.setdefault(byte, {})
        node[None] = len(replacements)
        replacements += value.encode() + b"\0"
    units, blocks = [0] * 256, {}

    def allot(node):
        blocks[id(node)] = len(units)
        units.extend([0] * 256)
        for byte, child in node.items():
            if byte is not None:
                allot(child)

    def offset(value):
        return value << 10 if value < 1 << 21 else (value >> 8) << 10 | 1 << 9

    def fill(node):
        base = blocks[id(node)]
        for byte, child in node.items():
            if byte is None:
                units[base] = 1 << 31 | child
            else:
                position = base ^ byte
                units[position] = byte | (1 << 8 if None in child else 0) | offset(position ^ blocks[id(child)])
                fill(child)

    allot(tree)
    units[0] = offset(blocks[id(tree)])
    fill(tree)
    body = struct.pack(f"<{len(units)}I", *units)
    return struct.pack("<I", len(body)) + body + replacements


def trained(model, trainer, normalizer, pretokenizer, **changes):
    tokenizer = Tokenizer(model)
    if normalizer:
        tokenizer.normalizer = normalizer
    if pretokenizer:
        tokenizer.pre_tokenizer = pretokenizer
    tokenizer.train_from_iterator(texts(), trainer)
    out = json.loads(tokenizer.to_str())["model"]
    out.update(changes)
    return out


def merging(normalizer, pretokenizer, size=500, alphabet=(), special=(), limit=150, affixes=None, **changes):
    affixes = affixes or {}
    limit = 1_000 if alphabet else limit
    trainer = trainers.BpeTrainer(vocab_size=size + len(special), initial_alphabet=list(alphabet), special_tokens=list(special),
                                  show_progress=False, limit_alphabet=limit, **affixes)
    return trained(models.BPE(**affixes), trainer, normalizer, pretokenizer, **changes)


def small_models():
    letters = P.ByteLevel.alphabet()
    metaspace = P.Metaspace(prepend_scheme="always", split=True)
    bytes_ = P.ByteLevel(add_prefix_space=False)
    unigram = dict(vocab_size=400, unk_token="<unk>", show_progress=False)
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = merging(None, metaspace, special=["<unk>"] + BYTE_TOKENS, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    characters = merging(None, metaspace, size=400, special=["<unk>"], limit=60, unk_token="<unk>", fuse_unk=True)
    few = merging(None, bytes_, size=400)
    return {
        "bytes": merging(None, bytes_, alphabet=letters),
        "whole": merging(None, bytes_, alphabet=letters, ignore_merges=True),
        "few bytes": few,
        "few bytes, unknown": {**few, "vocab": {**few["vocab"], "<unk>": len(few["vocab"])}, "unk_token": "<unk>", "fuse_unk": True},
        "pieces": pieces,
        "characters": characters,
        "characters apart": {**characters, "fuse_unk": False},
        "characters dropped": {**characters, "unk_token": None},
        "marked": merging(N.Lowercase(), P.WhitespaceSplit(), size=400, special=["<unk>"], unk_token="<unk>",
                          affixes=dict(continuing_subword_prefix="##", end_of_word_suffix="</w>")),
        "ends marked": merging(N.Lowercase(), bytes_, size=400, special=["<unk>"], unk_token="<unk>", fuse_unk=True,
                               affixes=dict(end_of_word_suffix="</w>")),
        "unigram": trained(models.Unigram(), trainers.UnigramTrainer(special_tokens=special, **unigram), None, P.Metaspace()),
        "unigram bytes": trained(models.Unigram(), trainers.UnigramTrainer(
            special_tokens=special + BYTE_TOKENS, **{**unigram, "vocab_size": 600}), None, P.Metaspace(), byte_fallback=True),
        "wordpiece": trained(models.WordPiece(unk_token="[UNK]"), trainers.WordPieceTrainer(
            vocab_size=400, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"], show_progress=False, limit_alphabet=120),
            N.BertNormalizer(), P.BertPreTokenizer(), max_input_chars_per_word=12),
        "wordlevel": trained(models.WordLevel(unk_token="<unk>"), trainers.WordLevelTrainer(
            vocab_size=120, special_tokens=["<unk>"], show_progress=False), None, P.Whitespace()),
    }


def added(*tokens):
    return [{"id": 100_000 + index, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": False, **options} for index, (content, options) in enumerate(tokens)]


def pipelines():
    """Name, model, normalizer, pretokenizer, added tokens."""
    S, T = N.Sequence, P.Sequence

    def byte_level(prefix=False, regex=True):
        return P.ByteLevel(add_prefix_space=prefix, use_regex=regex)

    def metaspace(scheme, split):
        return P.Metaspace(prepend_scheme=scheme, split=split)

    legacy = S([N.Prepend("▁"), N.Replace(" ", "▁")])
    xlmr = S([N.Precompiled(charsmap()), N.Strip(left=False, right=True), N.Replace(Regex(" {2,}"), "▁")])
    edges = added(("<think>", {}), ("中", dict(lstrip=True)), ("the", dict(single_word=True)), ("e", dict(rstrip=True, normalized=True)),
                  ("\n\n", {}), ("é", dict(lstrip=True, rstrip=True, single_word=True)), ("<|endoftext|>", dict(special=True)))
    composed = added(("e\u0301x", dict(normalized=True)), ("\u1e9b\u0323", dict(normalized=True, lstrip=True)), ("Å", {}))
    rows = [
        ("digits before byte-level (StarCoder, SmolLM)", "bytes", None, T([P.Digits(True), byte_level()]), []),
        ("runs of digits before byte-level", "bytes", None, T([P.Digits(False), byte_level()]), []),
        ("a space before byte-level text", "bytes", None, byte_level(prefix=True), []),
        ("a space before each piece between digits", "bytes", N.NFC(), T([P.Digits(True), byte_level(prefix=True)]), []),
        ("letters cut again (Falcon)", "bytes", None,
         T([P.Punctuation("contiguous"), byte_level(), P.Digits(False), P.Split(Regex("[0-9][0-9][0-9]"), "isolated")]), []),
        ("a class within a class (BLOOM)", "bytes", None, T([P.Split(Regex(BLOOM), "isolated"), byte_level(regex=False)]), []),
        ("NFKC and lower case before a known pattern", "bytes", S([N.NFKC(), N.Lowercase()]),
         T([P.Split(Regex(GPT4), "isolated"), byte_level(regex=False)]), []),
        ("cl100k's pattern in this dialect", "bytes", None,
         T([P.Split(Regex(compare_with_oracles.oracles.CL100K), "isolated"), byte_level(regex=False)]), []),
        ("whole tokens kept", "whole", N.NFC(), T([P.Digits(True), byte_level()]), composed),
        ("added tokens that NFC changes", "bytes", N.NFC(), byte_level(), composed),
        ("byte-level without its alphabet", "few bytes", None, byte_level(), []),
        ("byte-level without its alphabet, with an unknown token", "few bytes, unknown", None, byte_level(), []),
        ("byte-level as a normalizer", "few bytes, unknown", S([N.NFC(), N.ByteLevel()]), P.Digits(True), []),
        ("Metaspace, first, unsplit (Llama 2, Mistral, Phi-3)", "pieces", None, metaspace("first", False), []),
        ("Metaspace, first, unsplit, with added tokens", "pieces", None, metaspace("first", False), edges),
        ("Metaspace, always, split", "pieces", None, metaspace("always", True), []),
        ("Metaspace, first, split", "characters apart", None, metaspace("first", True), []),
        ("Metaspace, never, split", "characters", None, metaspace("never", True), []),
        ("Metaspace, first, behind Strip and Replace", "pieces",
         S([N.Strip(left=False, right=True), N.Replace(Regex(" {2,}"), "▁")]), metaspace("first", False), []),
        ("Metaspace, first, behind what moves the beginning", "characters",
         S([N.Strip(), N.NFKD(), N.Replace(Regex("[.!]{2,}"), "x")]), metaspace("first", True), []),
        ("no byte fallback", "characters", None, metaspace("first", False), []),
        ("no byte fallback, unknown characters apart", "characters apart", None, metaspace("always", False), []),
        ("no byte fallback, unknown characters dropped", "characters dropped", None, metaspace("first", False), []),
        ("Prepend and Replace (Llama 2 at first)", "pieces", legacy, None, []),
        ("Prepend and Replace, with added tokens", "pieces", legacy, None,
         added(("<think>", {}), ("the", dict(normalized=True)), (">", dict(lstrip=True)))),
        ("Replace and a Split that finds nothing (Gemma)", "pieces", N.Replace(" ", "▁"), P.Split(" ", "merged_with_previous"),
         added(("\n\n", {}), ("▁▁", {}), ("<think>", dict(special=True)))),
        ("added tokens with spaces that are replaced", "pieces", N.Replace(" ", "▁"), P.Split(" ", "merged_with_previous"),
         added(("a b", dict(normalized=True)), ("  ", dict(normalized=True)))),
        ("NFKD, StripAccents, Lowercase, Nmt", "characters", S([N.NFKD(), N.StripAccents(), N.Lowercase(), N.Nmt()]),
         T([P.Whitespace(), P.Punctuation("merged_with_next")]), []),
        ("parts of words marked", "marked", N.Lowercase(), P.WhitespaceSplit(), []),
        ("ends of words marked, over letters (CLIP)", "ends marked", S([N.NFC(), N.Replace(Regex(r"\s+"), " "), N.Lowercase()]),
         T([P.Split(Regex(CLIP), "removed", invert=True), byte_level()]), []),
        ("no pretokenizer", "characters dropped", None, None, []),
        ("a delimiter", "characters", N.NFD(), P.CharDelimiterSplit("e"), []),
        ("Unigram (T5)", "unigram", N.Precompiled(charsmap()), T([P.WhitespaceSplit(), P.Metaspace()]),
         added(("<extra_id_0>", dict(special=True)), ("<x>", {}))),
        ("Unigram (XLM-R)", "unigram", xlmr, metaspace("first", True), []),
        ("Unigram (ALBERT)", "unigram", S([N.Replace("``", '"'), N.NFKD(), N.StripAccents(), N.Lowercase(), N.Precompiled(charsmap())]),
         metaspace("always", True), []),
        ("Unigram over whole texts, with bytes", "unigram bytes", N.Nmt(), metaspace("first", False), []),
        ("Unigram without a pretokenizer", "unigram", N.NFKC(), None, []),
        ("WordPiece (BERT, uncased)", "wordpiece", N.BertNormalizer(), P.BertPreTokenizer(), []),
        ("WordPiece (BERT, cased)", "wordpiece", N.BertNormalizer(lowercase=False), P.BertPreTokenizer(), []),
        ("WordPiece behind Whitespace and Digits", "wordpiece", S([N.NFD(), N.Lowercase(), N.StripAccents()]),
         T([P.Whitespace(), P.Digits(True)]), []),
        ("WordPiece with added tokens", "wordpiece",
         N.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=True), P.WhitespaceSplit(),
         added(("[E]", {}), ("the", dict(normalized=True, single_word=True, rstrip=True)))),
        ("WordLevel", "wordlevel", None, P.Whitespace(), []),
    ]
    for behavior in ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]:
        for inverts in (False, True):
            name = behavior + (", inverted" if inverts else "")
            rows.append((f"Split by a pattern, {name}", "characters", None,
                         T([P.Split(Regex(ODD), behavior, invert=inverts), P.Punctuation(behavior)]), []))
            rows.append((f"Split by a string, {name}", "characters apart", None, P.Split(" ", behavior, invert=inverts), []))
    return rows


def component(value):
    """A normalizer or pretokenizer as JSON."""
    if value is None:
        return "null"
    tokenizer = Tokenizer(models.BPE())
    setattr(tokenizer, "normalizer" if isinstance(value, N.Normalizer) else "pre_tokenizer", value)
    out = json.loads(tokenizer.to_str())
    return json.dumps(out["normalizer"] or out["pre_tokenizer"], ensure_ascii=False)


def assemble(model, normalizer, pretokenizer, tokens):
    return (f'{{"version": "1.0", "added_tokens": {tokens}, "normalizer": {normalizer}, "pre_tokenizer": {pretokenizer}, '
            f'"model": {model}}}')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files")
    arguments = parser.parse_args()
    compare_with_oracles.PIECES += PIECES
    strings = make_golden.SENTENCES + [text.decode() for text in compare_with_oracles.fuzzed(20261129, 120) if len(text) < 600]
    found = {name: json.dumps(model, ensure_ascii=False) for name, model in small_models().items()}
    rows = []
    for index, (name, model, normalizer, pretokenizer, tokens) in enumerate(pipelines()):
        row = {"name": name, "model": model, "normalizer": component(normalizer), "pre_tokenizer": component(pretokenizer),
               "added_tokens": json.dumps(tokens, ensure_ascii=False)}
        text = assemble(found[model], row["normalizer"], row["pre_tokenizer"], row["added_tokens"])
        if arguments.files:
            os.makedirs(arguments.files, exist_ok=True)
            with open(os.path.join(arguments.files, f"{index:02}.json"), "w") as out:
                out.write(text)
        tokenizer = Tokenizer.from_str(text)
        tokenizer.encode_special_tokens = True
        row["counts"] = [len(tokenizer.encode(string, add_special_tokens=False).ids) for string in strings]
        rows.append(row)
    if not arguments.files:
        with open(os.path.join(HERE, "pipelines.json"), "w") as out:
            table = base64.b64encode(charsmap()).decode()
            for row in rows:
                row["normalizer"] = row["normalizer"].replace(table, "@charsmap")
            json.dump({"strings": strings, "charsmap": table, "models": found, "pipelines": rows}, out, ensure_ascii=True, indent=0)
    print(f"{len(rows)} pipelines, {len(strings)} strings")


if __name__ == "__main__":
    main()
