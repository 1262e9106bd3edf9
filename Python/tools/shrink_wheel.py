#!/usr/bin/env python3
"""Compresses the files of a wheel again, as small as deflate can: make wheel runs it.

    Python/tools/shrink_wheel.py .build/wheels/datawall-*.whl   (needs the PyPI package deflate, which wraps libdeflate)

zlib, which packs wheels, leaves the command 5 % larger than libdeflate does at its highest level. Names, times, rights
and contents stay; RECORD names the digests of contents, so it stays as well.
"""

import os
import sys
import zipfile

import deflate


def shrink(path: str) -> None:
    """Replaces a wheel by one with the same files."""
    made = path + ".new"
    with zipfile.ZipFile(path) as wheel, zipfile.ZipFile(made, "w") as smaller:
        for file in wheel.infolist():
            entry = zipfile.ZipInfo(file.filename, file.date_time)
            entry.external_attr = file.external_attr
            # Written as if it were the content, and then declared to be that content compressed: here, and in the
            # directory, which is written when the archive is closed.
            smaller.writestr(entry, deflate.deflate_compress(wheel.read(file), 12))
            entry.compress_type, entry.CRC, entry.file_size = zipfile.ZIP_DEFLATED, file.CRC, file.file_size
            assert smaller.fp is not None
            end = smaller.fp.tell()
            smaller.fp.seek(entry.header_offset)
            smaller.fp.write(entry.FileHeader(zip64=False))
            smaller.fp.seek(end)
    with zipfile.ZipFile(path) as wheel, zipfile.ZipFile(made) as smaller:
        for before, after in zip(wheel.infolist(), smaller.infolist(), strict=True):
            if before.filename != after.filename or wheel.read(before) != smaller.read(after):
                sys.exit(f"{after.filename} in {made} is not what it is in {path}")
    os.replace(made, path)


for argument in sys.argv[1:]:
    shrink(argument)
