#!/usr/bin/env python3
"""Makes the texts that counts and speeds are checked on, from Debian packages: manual pages, handbooks, code.

    python3 make_texts.py FOLDER [PACKAGES-FOLDER]

Writes one file a language into FOLDER, of documents of about 4 KB, each preceded by its length as 32 bits,
little-endian. Packages are downloaded with apt-get (nothing is installed) unless they were unpacked before.
"""

import glob
import gzip
import html
import os
import re
import struct
import subprocess
import sys

PACKAGES = """manpages manpages-dev manpages-fr manpages-fr-dev manpages-de manpages-de-dev manpages-ru manpages-ja
manpages-ja-dev manpages-zh debian-handbook debian-reference-en debian-reference-ja debian-reference-zh-cn python3.11-doc vim-doc
libpython3.11-stdlib python3-numpy python3-sympy libboost1.74-dev""".split()
LIMITS = {"english": 14, "python": 10, "c": 10, "french": 6, "german": 5, "russian": 5, "chinese": 5, "japanese": 7,
          "arabic": 3}


def unpack(folder):
    os.makedirs(folder, exist_ok=True)
    for package in PACKAGES:
        subprocess.run(["apt-get", "download", package], cwd=folder, check=False, stdout=subprocess.DEVNULL)
    for archive in glob.glob(os.path.join(folder, "*.deb")):
        subprocess.run(["dpkg-deb", "-x", archive, os.path.join(folder, "x")], check=True)


def text_of(path):
    raw = open(path, "rb").read()
    if path.endswith(".gz"):
        raw = gzip.decompress(raw)
        path = path[:-3]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if path.endswith((".html", ".htm")):
        text = re.sub(r"(?s)<(script|style).*?</\1>", " ", text)
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
        text = re.sub(r"\n{3,}", "\n\n", text)
    return text


def files(root, *patterns):
    for pattern in patterns:
        for path in sorted(glob.glob(os.path.join(root, pattern), recursive=True)):
            if os.path.isfile(path):
                yield path


SCRIPT = {"russian": "[\u0400-\u04ff]", "chinese": "[\u4e00-\u9fff]", "japanese": "[\u3040-\u30ff]",
          "arabic": "[\u0600-\u06ff]"}


def documents(language, paths):
    """About 4 KB each, cut at line ends, of which scripts other than Latin keep those that are mostly theirs."""
    for path in paths:
        piece, size = [], 0
        for line in text_of(path).splitlines(keepends=True):
            piece.append(line)
            size += len(line.encode())
            if size >= 4000:
                yield "".join(piece)
                piece, size = [], 0
        if size > 200:
            yield "".join(piece)


def wanted(language, document):
    script = SCRIPT.get(language)
    return script is None or len(re.findall(script, document)) > 0.15 * len(document)


def main(folder, packages):
    if not os.path.isdir(os.path.join(packages, "x")):
        unpack(packages)
    root = os.path.join(packages, "x", "usr")
    everything = ["share/doc/**/*.html", "share/doc/**/*.html.gz", "share/man/**/*.gz", "share/doc/**/*.txt",
                  "share/doc/**/*.txt.gz", "lib/python3*/**/*.po"]
    sources = {
        "english": files(root, "share/doc/python3.11/html/**/*.html", "share/doc/debian-reference-en/**/*.html",
                         "share/vim/**/doc/*.txt", "share/man/man*/*.gz", "share/doc/python3.11-doc/**/*.html",
                         "share/doc/debian-handbook/html/en-US/**/*.html"),
        "python": files(root, "lib/python3*/**/*.py"),
        "c": files(root, "include/**/*.h", "include/**/*.hpp"),
        "french": files(root, "share/man/fr/**/*.gz", "share/doc/debian-handbook/html/fr-FR/**/*.html"),
        "german": files(root, "share/man/de/**/*.gz", "share/doc/debian-handbook/html/de-DE/**/*.html"),
        "russian": files(root, "share/man/ru/**/*.gz", "share/doc/debian-handbook/html/ru-RU/**/*.html"),
        "chinese": files(root, "share/man/zh_CN/**/*.gz", "share/man/zh_TW/**/*.gz",
                         "share/doc/debian-reference-zh-cn/**/*.html", "share/doc/debian-handbook/html/zh-*/**/*.html",
                         "share/doc/debian-reference-common/**/*.zh*.html"),
        "japanese": files(root, "share/man/ja/**/*.gz", "share/doc/debian-reference-ja/**/*.html",
                          "share/doc/debian-handbook/html/ja-JP/**/*.html",
                          "share/doc/debian-reference-common/**/*.ja*.html"),
        "arabic": files(root, "share/doc/debian-handbook/html/ar-MA/**/*.html",
                        "share/doc/debian-handbook/html/fa-IR/**/*.html"),
    }
    os.makedirs(folder, exist_ok=True)
    for language, paths in sources.items():
        size = count = 0
        with open(os.path.join(folder, language + ".docs"), "wb") as out:
            for document in documents(language, paths):
                if size >= LIMITS[language] * 1_000_000:
                    break
                if wanted(language, document):
                    data = document.encode()
                    out.write(struct.pack("<I", len(data)) + data)
                    size += len(data)
                    count += 1
        print(f"{language:9} {count:6} documents {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else os.path.join(sys.argv[1], "packages"))
