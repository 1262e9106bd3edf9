"""The reference implementations as functions from a text to a number of tokens.

Special tokens' spellings are plain text, nothing is added, and what is normalised is what the tokenizer's own code
normalises.
"""

import base64
import json
import os
import unicodedata

FOLDER = os.environ.get("DATAWALL_VOCABULARIES") or os.path.expanduser("~/.cache/datawall/vocabularies")

CL100K = r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"""
R50K = r"""'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"""
LLAMA3 = r"""(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""
QWEN2 = LLAMA3.replace(r"\p{N}{1,3}", r"\p{N}")
QWEN35 = r"""(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"""
HEAD, TAIL = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
O200K = "|".join([rf"[^\r\n\p{{L}}\p{{N}}]?{HEAD}*{TAIL}+{SUFFIX}", rf"[^\r\n\p{{L}}\p{{N}}]?{HEAD}+{TAIL}*{SUFFIX}",
                  r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])


def path(name):
    return os.path.join(FOLDER, name)


def ranks(name):
    out = {}
    for line in open(path(name), "rb"):
        if line.strip():
            token, rank = line.split()
            out[base64.b64decode(token)] = int(rank)
    return out


def tiktoken_of(ranks, pattern, compose=False):
    import tiktoken
    encoding = tiktoken.Encoding("reference", pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    if compose:
        return lambda text: len(encoding.encode_ordinary(unicodedata.normalize("NFC", text)))
    return lambda text: len(encoding.encode_ordinary(text))


def gpt2():
    import tiktoken.load
    return tiktoken_of(tiktoken.load.data_gym_to_mergeable_bpe_ranks(path("gpt2/vocab.bpe"), path("gpt2/encoder.json")),
                       R50K)


def tekken(name):
    file = json.load(open(path(name)))
    config = file["config"]
    keep = config["default_vocab_size"] - config["default_num_special_tokens"]
    table = {base64.b64decode(entry["token_bytes"]): entry["rank"] for entry in file["vocab"][:keep]}
    return tiktoken_of(table, config["pattern"])


def hugging_face(name):
    import tokenizers
    tokenizer = tokenizers.Tokenizer.from_file(path(name))
    tokenizer.encode_special_tokens = True
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: len(tokenizer.encode(text, add_special_tokens=False).ids)


def sentencepiece_of(name):
    import sentencepiece
    processor = sentencepiece.SentencePieceProcessor(model_file=path(name))
    return lambda text: len(processor.encode(text))


# What to count with: the vocabulary as count-tokens takes it, and the reference.
ORACLES = {
    "gpt2": ("gpt2/vocab.bpe", gpt2),
    "p50k": ("p50k_base.tiktoken", lambda: tiktoken_of(ranks("p50k_base.tiktoken"), R50K)),
    "cl100k": ("cl100k_base.tiktoken", lambda: tiktoken_of(ranks("cl100k_base.tiktoken"), CL100K)),
    "o200k": ("o200k_base.tiktoken", lambda: tiktoken_of(ranks("o200k_base.tiktoken"), O200K)),
    "llama3": ("llama3/tokenizer.model", lambda: tiktoken_of(ranks("llama3/tokenizer.model"), LLAMA3)),
    "llama4": ("llama4/tokenizer.model", lambda: tiktoken_of(ranks("llama4/tokenizer.model"), O200K)),
    "qwen": ("qwen.tiktoken", lambda: tiktoken_of(ranks("qwen.tiktoken"), QWEN2, compose=True)),
    "qwen3.6": ("qwen3_6.tiktoken", lambda: tiktoken_of(ranks("qwen3_6.tiktoken"), QWEN35, compose=True)),
    "tekken": ("tekken_240911.json", lambda: tekken("tekken_240911.json")),
    "deepseek": ("deepseek_v4/tokenizer.json", lambda: hugging_face("deepseek_v4/tokenizer.json")),
    "dolma2": ("dolma2/tokenizer.json", lambda: hugging_face("dolma2/tokenizer.json")),
    "neox": ("neox_olmo/tokenizer.json", lambda: hugging_face("neox_olmo/tokenizer.json")),
    "anthropic": ("anthropic/tokenizer.json", lambda: hugging_face("anthropic/tokenizer.json")),
    "mistral-v1": ("mistral_v1.model", lambda: sentencepiece_of("mistral_v1.model")),
    "mistral-v3": ("mistral_v3.model", lambda: sentencepiece_of("mistral_v3.model")),
    "botchan-bpe": ("botchan_bpe.model", lambda: sentencepiece_of("botchan_bpe.model")),
    "botchan-unigram": ("botchan_unigram.model", lambda: sentencepiece_of("botchan_unigram.model")),
    "jurassic2": ("jurassic2.model", lambda: sentencepiece_of("jurassic2.model")),
    "kyoto-unigram": ("kyoto_unigram.model", lambda: sentencepiece_of("kyoto_unigram.model")),
}
