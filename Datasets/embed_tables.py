#!/usr/bin/env python3
"""Writes the Swift that embeds the data tables, so that each table is kept once, as CSV.

    Datasets/embed_tables.py            after a change of a table (`make tables`)

| table | Swift |
| --- | --- |
| accelerators.csv | Sources/TrainingPlanning/Budgeting/AcceleratorTable+Standard.swift |
| fixed_data/records.csv and fixed_data/baseline.csv | Sources/TrainingPlanning/FixedData/FixedDataStudy+Slowrun.swift |
| mixtures/published.csv and mixtures/published/NAME.csv | Sources/DataWallKit/Mixtures/PublishedMixture+All.swift |

A static binary carries the tables with it and reads no file. Tests hold the Swift to the tables.
"""

import csv
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
NOTE = "// Written by Datasets/embed_tables.py from {}. Change the table and run `make tables`.\n"


def rows(path):
    with open(os.path.join(HERE, path), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quoted(text, indent):
    """A Swift string literal, in pieces of at most 90 characters."""
    pieces, line = [], ""
    for word in text.replace("\\", "\\\\").replace('"', '\\"').split(" "):
        if line and len(line) + len(word) > 90:
            pieces.append(line + " ")
            line = word
        else:
            line = word if not line and not pieces else (line + " " + word if line else word)
    pieces.append(line)
    return ("\n" + " " * indent + "+ ").join(f'"{piece}"' for piece in pieces)


def number(text):
    """A number as Swift spells it; `nil` where there is none."""
    if not text:
        return "nil"
    return f"{int(text):_}" if text.isdigit() and len(text) > 6 else text


def accelerators():
    text = NOTE.format("Datasets/accelerators.csv") + """
extension AcceleratorTable {
    /// The accelerators that ship, with their vendors' figures.
    ///
    /// Peaks are dense BF16, without sparsity.
    public static let standard = AcceleratorTable([
"""
    for row in rows("accelerators.csv"):
        aliases = ", ".join(f'"{alias}"' for alias in row["aliases"].split())
        text += f"""        Accelerator(
            verified: "{row["name"]}", {f"[{aliases}], " if aliases else ""}peakFLOPs: {number(row["peak_flops"])},
            memoryBytes: {number(row["memory_bytes"])}, memoryBandwidth: {number(row["memory_bandwidth"])},
            source: {quoted(row["source"], 16)}),
"""
    return text + "    ])\n}\n"


def published_mixtures():
    tables = rows("mixtures/published.csv")
    names = ", ".join(table["name"] for table in tables)
    text = NOTE.format("Datasets/mixtures/published") + f"""
import DataMixing

extension PublishedMixture {{
    /// The published mixtures that ship with the package, as printed.
    public static let all = [{names}]
"""
    for table in tables:
        with open(os.path.join(HERE, f"mixtures/published/{table['name']}.csv"), encoding="utf-8") as file:
            lines = "".join("            " + line for line in file)
        text += f"""
    /// {table["title"]}
    public static let {table["name"]} = PublishedMixture(
        name: "{table["name"]}",
        source: {quoted(table["source"], 12)},
        unit: "{table["unit"]}", budget: {table["budget"]},
        table: \"\"\"
{lines}
            \"\"\")
"""
    return text + "}\n"


def fixed_data():
    text = NOTE.format("Datasets/fixed_data") + """
extension FixedDataStudy {
    /// The records of a contest on 100 million unique tokens of FineWeb, with its own baseline on more.
    public static let slowrun = FixedDataStudy(
        uniqueTokens: 100_000_000,
        source: "repository qlabs-eng/slowrun (MIT), commit fd342f0: README.md and data_eff/README.md",
        records: [
"""
    for row in rows("fixed_data/records.csv"):
        text += f"""            Record(
                track: "{row["track"].replace("_", " ")}", number: {row["record"]}, date: "{row["date"]}", loss: {row["loss"]},
                acceleratorHours: {row["accelerator_hours"]}, change: {quoted(row["change"], 20)}),
"""
    text += "        ],\n        baseline: [\n"
    for row in rows("fixed_data/baseline.csv"):
        text += f"""            BaselineRun(uniqueTokens: {number(row["unique_tokens"])}, model: "{row["model"]}", loss: {row["loss"]}),
"""
    return text + "        ])\n}\n"


def main():
    outputs = {
        "Sources/TrainingPlanning/FixedData/FixedDataStudy+Slowrun.swift": fixed_data(),
        "Sources/TrainingPlanning/Budgeting/AcceleratorTable+Standard.swift": accelerators(),
        "Sources/DataWallKit/Mixtures/PublishedMixture+All.swift": published_mixtures(),
    }
    for path, text in outputs.items():
        with open(os.path.join(ROOT, path), "w", encoding="utf-8") as file:
            file.write(text)
    subprocess.run(["swift", "format", "--in-place", *outputs], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
