"""Makes the files that `checks/report` makes pages of: the same corpora and commands each time.

Texts are words drawn by a seeded generator, so that a page's sizes do not depend on the machine. Each set is a page:

- `small`: an audit of two sources with a plan and a mixture.
- `large`: an audit of 96 dumps of 10 years with near copies and contamination, then a plan with an accelerator, a mixture,
  a fit, a sweep over two axes, a comparison and a design: every kind of file a page shows at its usual size.
- `many`: an audit of 500 sources with a mixture.
- `hostile`: names with markup, quotes, marks of direction and 10,000 characters, and shards that are damaged.
- `costs`: plans that minimise dollars and FLOPs, at a target loss.
- `holes`: sweeps over two axes without a plan at some points, over one axis, and without any plan at all; an upsampling.
"""

import json
import os
import random
import subprocess

SETS = {
    "small": ["small.json", "small-plan.json", "small-mixture.json"],
    "large": [
        "large.json", "large-plan.json", "large-mixture.json", "fit.json", "sweep.json", "comparison.json", "design.json",
    ],
    "many": ["many.json", "many-mixture.json"],
    "hostile": ["hostile.json"],
    "costs": ["dollars.json", "flops.json"],
    "holes": ["small-plan.json", "holes.json", "line.json", "nothing.json", "upsampling.json"],
}

HOSTILE = [
    "<b onmouseover=alert(1)>0", "a-name-without-any-place-to-break-" + "x" * 90, "源" * 40, "x" * 10_000, "\u202eevil",
    '"quoted" & <script>alert(1)<\u200bscript>', "{{style}}", "a' onmouseover='alert(1)", "=cmd|x", "a\u0007bell\u001b[31m",
]


def write(path, texts):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)


def corpora(folder):
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(5000)]

    def text(least, most):
        return {"text": " ".join(rng.choices(words, k=rng.randint(least, most)))}

    pool = [text(40, 200) for _ in range(4000)]
    items = [text(30, 60) for _ in range(60)]

    def copied(kept):
        """A text of the pool, often with some words changed, sometimes with an item of an evaluation set inside."""
        parts = kept["text"].split(" ")
        if rng.random() < 0.3:
            for place in rng.sample(range(len(parts)), 2):
                parts[place] = rng.choice(words)
        if rng.random() < 0.02:
            parts.append(rng.choice(items)["text"])
        return {"text": " ".join(parts)}

    for index in range(96):
        name = f"CC-MAIN-{2014 + index // 10}-{5 + index % 10 * 5:02d}"
        write(
            f"{folder}/large/{name}/part-0.jsonl",
            [copied(rng.choice(pool)) if rng.random() < 0.7 else text(80, 120) for _ in range(rng.randint(60, 180))])
    for name in ("questions", "code-tasks", "reading"):
        write(
            f"{folder}/sets/{name}.jsonl",
            [{"id": f"{name}-{place}", **item} for place, item in enumerate(rng.sample(items, 20))])
    kinds = ["web", "code", "books", "wiki", "papers", "forums", "news", "maths"]
    for index in range(500):
        name = f"{kinds[index % 8]}-{rng.choice(['en', 'de', 'fr', 'zh', 'ru'])}-{index:03d}"
        texts = [
            rng.choice(pool[:600]) if rng.random() < 0.4 else text(30, 50) for _ in range(2 + int(60 * rng.random() ** 6))
        ]
        write(f"{folder}/many/{name}/part-0.jsonl", texts + texts[:1])
    write(
        f"{folder}/hostile/part-0.jsonl", [{"source": name, **rng.choice(pool[:60])} for name in HOSTILE for _ in range(20)])
    with open(f"{folder}/hostile/part-1.jsonl.gz", "wb") as file:
        file.write(b"\x1f\x8b broken")
    write(f"{folder}/small/web/part-0.jsonl", [rng.choice(pool[:50]) for _ in range(80)])
    write(f"{folder}/small/code/part-0.jsonl", [text(40, 60) for _ in range(30)])


def make(datawall, folder, runs):
    """Makes the files in a folder, unless they are there; `runs` is the table of runs that the fit reads."""
    if os.path.exists(f"{folder}/made"):
        return
    corpora(folder)
    with open(f"{folder}/buckets.csv", "w") as file:
        file.write("bucket,tokens,quality\nworst,100B,1\nlow,80B,2\nmiddle,50B,3\nhigh,30B,4\nbest,10B,5\n")
    machine = "--gpu h100 --mfu 40% --dollars-per-gpu-hour 2.5"
    cost = f"--law muennighoff {machine} --inference-tokens 1T"
    plane = "--sweep flops=1e20:1e24:log:9 --sweep unique-tokens=1e9:1e12:log:7"
    for command in [
        "audit small -o small.json",
        f"plan --unique-tokens 25B --flops 1e22 --law muennighoff {machine} --gpus 64 -o small-plan.json",
        "mix small.json --tokens 20k -o small-mixture.json",
        "audit large --near --benchmarks sets -o large.json",
        f"plan large.json --flops 1e16 {machine} -o large-plan.json",
        "mix large.json --tokens 3M -o large-mixture.json",
        f"fit {runs} --law chinchilla --json > fit.json",
        f"plan {plane} --json -o sweep.json",
        f"compare 'Llama 3 8B' Chinchilla --run 'mine: 8B, 15T, U=4T' {machine} --gpus 512 -o comparison.json",
        "design --flops 1e21 --target 1e23 --unique-tokens 50B -o design.json",
        "audit many -o many.json",
        "mix many.json --tokens 400k -o many-mixture.json",
        "audit hostile --source-key source -o hostile.json",
        f"plan --unique-tokens 400B --objective min-dollars --target-loss 2.2 {cost} --serving-mfu 20% -o dollars.json",
        "plan --unique-tokens 2T --law chinchilla --objective min-total-flops --target-loss 2.05 --inference-tokens 2T "
        "-o flops.json",
        "plan --law muennighoff --max-epochs 4 --min-parameters 100B --sweep flops=1e20:1e25:log:11 "
        "--sweep unique-tokens=1e9:1e12:log:7 --json -o holes.json",
        "plan --unique-tokens 25B --law muennighoff --sweep flops=1e20:1e24:log:13 --json -o line.json",
        "plan --unique-tokens 1B --law muennighoff --max-epochs 4 --min-parameters 100B "
        "--sweep flops=1e20:1e21:log:3 --json -o nothing.json",
        "upsample buckets.csv --tokens 300B --json > upsampling.json",
    ]:
        done = subprocess.run(f"{datawall} {command}", shell=True, cwd=folder, capture_output=True, text=True)
        # Damaged shards are counted, and end with status 1.
        if done.returncode not in (0, 1):
            raise SystemExit(f"datawall {command}: {done.stderr}")
    open(f"{folder}/made", "w").close()
