"""Writes src/datawall/_options.py and _records.py, so that options and files are stated once, in the command.

Options come from the command's own description of itself, records from the JSON Schemas in Datasets/schemas.

    python tools/generate.py DATAWALL [--check]
"""

from __future__ import annotations

import json
import keyword
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "Python" / "src" / "datawall"

# What the package itself passes, and what makes a command print something other than its file.
OWN_OPTIONS = {"help", "version", "json", "output", "progress", "explain", "verify", "root", "sweep", "emit", "path"}
# What a Builder or a Job passes to a scan, and what is about reading files.
DRIVEN = {"runs", "task", "attempt", "name", "restart", "status"}
READING = {"manifest", "ignore", "text-key", "source-key", "quality-key", "quality-map", "format", "txt-document"}
READING |= {"end-of-document", "max-record"}
OMITTED = {"scan": DRIVEN, "push": DRIVEN | READING}
COMMANDS = {
    "audit": "AuditArguments",
    "scan": "ScanArguments",
    "push": "PushArguments",
    "merge": "MergeArguments",
    "plan": "PlanArguments",
    "mix": "MixArguments",
    "fit": "FitArguments",
}
FILES = {"audit": "Audit", "plan": "Plan", "mixture": "Mixture", "fit": "Fit"}
HEADER = '"""{about}\n\nWritten by tools/generate.py; do not edit.\n"""\n\nfrom __future__ import annotations\n\n'


def identifier(name: str) -> str:
    """Returns a name that Python accepts: `as` becomes `as_`, `text-key` becomes `text_key`."""
    name = name.replace("-", "_")
    return name + "_" if keyword.iskeyword(name) else name


def long_name(argument: dict[str, Any]) -> str:
    return next((item["name"] for item in argument.get("names", []) if item["kind"] == "long"), "")


def option_type(argument: dict[str, Any]) -> str:
    if argument["kind"] == "flag":
        return "bool"
    if "allValues" in argument:
        one = "Literal[" + ", ".join(json.dumps(value) for value in argument["allValues"]) + "]"
        return f"Union[{one}, Sequence[{one}]]" if argument["isRepeating"] else one
    return "Values" if argument["isRepeating"] else "Value"


def options(binary: str) -> str:
    description = json.loads(subprocess.check_output([binary, "--experimental-dump-help"]))
    commands = {command["commandName"]: command for command in description["command"]["subcommands"]}
    # A program that pushes documents runs a scan of them.
    commands["push"] = commands["scan"]
    lines = [HEADER.format(about="The options of the command, by subcommand, with underscores for hyphens.")]
    lines.append("import os\nfrom typing import Any, Dict, Literal, Mapping, Sequence, TypedDict, Union\n\n")
    lines.append('Value = Union[str, int, float, "os.PathLike[str]", Mapping[Any, Any]]\n')
    lines.append("Values = Union[Value, Sequence[Value]]\n")
    own: dict[str, list[dict[str, Any]]] = {}
    for command, name in COMMANDS.items():
        lines.append(f"\n\nclass {name}(TypedDict, total=False):\n")
        about = "of a scan of pushed documents" if command == "push" else f"of `datawall {command}`"
        lines.append(f'    """The options {about}."""\n\n')
        flags = {long_name(argument) for argument in commands[command]["arguments"]}
        own[command] = [
            argument
            for argument in commands[command]["arguments"]
            if long_name(argument) not in OWN_OPTIONS | {""} | OMITTED.get(command, set())
            and not (long_name(argument).startswith("no-") and long_name(argument)[3:] in flags)
        ]
        for argument in own[command]:
            lines.append(f"    {identifier(long_name(argument))}: {option_type(argument)}\n")
    # A repeated option of one command may be a single one of another, so each has a table of its own.
    tables = [
        ("REPEATED", "Options that may be given several times.", lambda a, _: a["isRepeating"]),
        ("FLAGS", "Options without a value.", lambda a, _: a["kind"] == "flag"),
        ("NEGATABLE", "Flags that can be turned off.", lambda a, flags: "no-" + long_name(a) in flags),
    ]
    for title, about, test in tables:
        lines.append(f"\n\n#: {about}\n{title}: Dict[str, Sequence[str]] = {{\n")
        for command in COMMANDS:
            known = own[command]
            flags = {long_name(argument) for argument in commands[command]["arguments"]}
            chosen = [identifier(long_name(argument)) for argument in known if test(argument, flags)]
            lines.append(f"    {json.dumps(command)}: {json.dumps(chosen)},\n")
        lines.append("}\n")
    return "".join(lines)


class Records:
    """The dataclasses of the files, innermost first: of the file, its parts, and the rows of its parts' tables."""

    #: Objects deeper than this stay mappings, but for these tables.
    DEPTH = 1
    DEEPER = ("PlanRecommendedMixtureRow",)

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}
        self.depth = 0

    def annotation(self, schema: dict[str, Any], name: str) -> str:
        if "const" in schema:
            value = schema["const"]
            if isinstance(value, str):
                return f"Literal[{json.dumps(value)}]"
            return "None" if value is None else f"Literal[{value}]" if isinstance(value, int) else "Any"
        if "enum" in schema:
            values = [value for value in schema["enum"] if value is not None]
            literal = "Literal[" + ", ".join(json.dumps(value) for value in values) + "]"
            return f"Optional[{literal}]" if None in schema["enum"] else literal
        types = schema.get("type", "any")
        types = types if isinstance(types, list) else [types]
        found = [self.plain(kind, schema, name) for kind in types if kind != "null"]
        joined = found[0] if len(found) == 1 else f"Union[{', '.join(found)}]"
        return f"Optional[{joined}]" if "null" in types else joined

    def plain(self, kind: str, schema: dict[str, Any], name: str) -> str:
        if kind == "array":
            items = schema.get("items", {})
            one = self.annotation(items, name + "Row")
            return f"Rows[{one}]" if one in self.classes.values() else f"Sequence[{one}]"
        if kind == "object":
            properties = schema.get("properties", {})
            typed = self.depth < self.DEPTH or name in self.DEEPER
            if properties and typed and all(key.isidentifier() for key in properties):
                return self.record(name, schema)
            extra = schema.get("additionalProperties")
            one = self.annotation(extra, name + "Value") if isinstance(extra, dict) and not properties else "Any"
            return f"Mapping[str, {one}]"
        return {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(kind, "Any")

    def record(self, name: str, schema: dict[str, Any]) -> str:
        """Adds the class of an object, unless one has the same fields, and returns its name."""
        required = set(schema.get("required", []))
        fields = ""
        self.depth += 1
        for key, value in schema["properties"].items():
            kind = self.annotation(value, name + "".join(word.capitalize() for word in key.split("_")))
            if key not in required and not kind.startswith("Optional") and kind not in ("None", "Any"):
                kind = f"Optional[{kind}]"
            fields += f"    {identifier(key)}: {kind}\n"
        self.depth -= 1
        return self.classes.setdefault(fields, name)


def records() -> str:
    written = Records()
    for file, name in FILES.items():
        schema = json.loads((ROOT / "Datasets" / "schemas" / f"{file}.schema.json").read_text())
        written.depth = -1
        written.record(name, schema)
    head = HEADER.format(about="What the files of the command contain: a dataclass for each object of their schemas.")
    head += "from dataclasses import dataclass\n"
    head += "from typing import Any, Literal, Mapping, Optional, Sequence, Union\n\nfrom .frames import Rows\n"
    for fields, name in written.classes.items():
        # The file itself is a base class of the result.
        name += "Fields" if name in FILES.values() else ""
        head += f"\n\n@dataclass(frozen=True)\nclass {name}:\n{fields}"
    return head


def main() -> int:
    binary = sys.argv[1]
    stale = []
    for name, text in [("_options.py", options(binary)), ("_records.py", records())]:
        path = PACKAGE / name
        if path.exists() and path.read_text() == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text)
    if stale and "--check" in sys.argv:
        print(f"{', '.join(stale)} is not what the command and the schemas say; run: python tools/generate.py {binary}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
