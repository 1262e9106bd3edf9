"""What `--normalize` and the words of near duplicates mean, restated with Python's own Unicode tables.

Written from Sources/UnicodeText/UnicodeText.docc, not from the Swift. `str.lower` follows the Unicode version of this
Python, so texts to compare hold only code points that this version has assigned too (`ASSIGNED`); all else comes from
unicodedata2 16.0.0.
"""

import re
import unicodedata

import unicodedata2

assert unicodedata2.unidata_version == "16.0.0"

ASSIGNED = [code for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF and unicodedata.category(chr(code)) != "Cn"]

# White_Space; Python's own \\s and str.split have U+001C to U+001F too.
SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def normalize(text, composes, lowercases, collapses):
    """A text under `--normalize` with some of nfc, lowercase and whitespace."""
    if composes:
        text = unicodedata2.normalize("NFC", text)
    if lowercases:
        text = text.lower()
    if collapses:
        text = SPACE.sub(" ", text).strip(" ")
    return text


UNSPACED = [
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF), (0x3000, 0x312F),
    (0x31A0, 0x31BF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAADF),
    (0xF900, 0xFAFF), (0xFF65, 0xFF9F), (0x116D0, 0x116FF), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFF),
]


def words(text):
    """The words `w5` of a text, as (word, whether it is a character of a script without blanks)."""
    # One character at a time, so that no sigma is at the end of a word.
    text = "".join(part.lower() for part in unicodedata2.normalize("NFD", text)).replace("ς", "σ")
    text = unicodedata2.normalize("NFD", text)
    kept = [part for part in text
            if unicodedata2.category(part) not in ("Mn", "Me", "Cf") and unicodedata2.combining(part) == 0]
    text = "".join("0" if unicodedata2.category(part) == "Nd" else part for part in kept)
    text = re.sub("0(?:[.,]?0)*", "0", text)
    found, word = [], ""
    for part in text:
        category = unicodedata2.category(part)
        is_word = category[0] == "L" or category in ("Mc", "Nd")
        is_character = is_word and any(low <= ord(part) <= high for low, high in UNSPACED)
        if is_word and not is_character:
            word += part
            continue
        if word:
            found.append((word, False))
            word = ""
        if is_character:
            found.append((part, True))
    return found + ([(word, False)] if word else [])
