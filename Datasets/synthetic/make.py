"""Makes the seeded synthetic run table and SciPy's answers to the fits that the tests repeat on it.

The table's law is E + A/N^alpha + B/D^beta + P·R^delta·(N/U)^kappa with the constants below and log-normal noise of
0.004; 90 of its runs see every token once at most, 60 repeat. The answers come from SciPy's L-BFGS-B from hundreds of
starts, polished until they stand still, and share no code with datawall.

Usage: make.py, in an environment with NumPy and SciPy. Writes runs.csv and answers.json beside itself.
"""

import csv
import json
import pathlib
import sys

import numpy as np
import scipy

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "refits"))

from fitting import best_of_starts, huber, sum_of_terms  # noqa: E402

SEED = 20261121
TRUTH = {"E": 1.82, "A": 480.0, "alpha": 0.345, "B": 2100.0, "beta": 0.365, "P": 0.03, "delta": 0.6, "kappa": 0.5}
NOISE = 0.004


def runs(generator):
    """Sizes from 30M to 6B, 6 to 150 tokens a parameter; repeats of 2 to 30 epochs."""
    rows = []
    for index in range(150):
        n = float(f"{np.exp(generator.uniform(np.log(3e7), np.log(6e9))):.6g}")
        ratio = np.exp(generator.uniform(np.log(6), np.log(150)))
        d = float(f"{n * ratio:.6g}")
        epochs = 1.0 if index < 90 else np.exp(generator.uniform(np.log(2), np.log(30)))
        u = d if index < 90 else float(f"{d / epochs:.6g}")
        repeats = max(d / u - 1, 0)
        t = TRUTH
        loss = t["E"] + t["A"] / n ** t["alpha"] + t["B"] / d ** t["beta"]
        if repeats > 0:
            loss += t["P"] * repeats ** t["delta"] * (n / u) ** t["kappa"]
        loss = float(f"{loss * np.exp(NOISE * generator.standard_normal()):.7g}")
        rows.append((index, n, d, u, loss, "a" if index % 2 == 0 else "b"))
    return rows


def objective_of(log_loss, measured, loss):
    """The sum of `loss` over the errors of the log loss, with its gradient."""

    def objective(x):
        with np.errstate(all="ignore"):
            predicted, jacobian = log_loss(x)
            value, slope = loss(predicted - measured)
            total, gradient = float(value.sum()), slope @ jacobian
        if not np.isfinite(total) or not np.all(np.isfinite(gradient)):
            return 1e6, np.zeros_like(x)
        return total, gradient

    return objective


def squares(residuals):
    return 0.5 * residuals**2, residuals


def features(n, d, u, penalty):
    count = len(n)
    names = 8 if penalty else 5
    result = np.zeros((4 if penalty else 3, count, names))
    result[0, :, 0] = 1
    result[1, :, 1], result[1, :, 2] = 1, -np.log(n)
    result[2, :, 3], result[2, :, 4] = 1, -np.log(d)
    if not penalty:
        return result, None
    repeats = np.maximum(d / u - 1, 0)
    repeated = repeats > 0
    result[3, :, 5] = 1
    result[3, :, 6] = np.where(repeated, np.log(np.where(repeated, repeats, 1)), 0)
    result[3, :, 7] = np.log(n / u)
    constants = np.zeros((4, count))
    constants[3, ~repeated] = -1e9
    return result, constants


def fit(rows, penalty, loss, generator, start=None):
    n, d, u, measured = (np.array([row[i] for row in rows]) for i in (1, 2, 3, 4))
    log_loss = sum_of_terms(*features(n, d, u, penalty))
    starts = [start] if start is not None else []
    for _ in range(0 if start is not None else 200):
        x = [generator.uniform(0, 1), generator.uniform(2, 10), generator.uniform(0.1, 0.8),
             generator.uniform(4, 14), generator.uniform(0.1, 0.8)]
        if penalty:
            x += [generator.uniform(-6, 0), generator.uniform(0.05, 1.5), generator.uniform(0.05, 1.2)]
        starts.append(np.array(x))
    objective = objective_of(log_loss, np.log(measured), loss)
    # Steps between starts on a smaller scale than SciPy's absolute tolerances resolve.
    scaled = lambda x: tuple(1e3 * part for part in objective(x))
    best = best_of_starts(scaled, starts)
    x = best.x
    names = ["E", "A", "alpha", "B", "beta"] + (["P", "delta", "kappa"] if penalty else [])
    logged = {"E", "A", "B", "P"}
    coefficients = {name: float(np.exp(v) if name in logged else v) for name, v in zip(names, x)}
    return x, {"runs": len(rows), "objective": objective(x)[0], "coefficients": coefficients}


if __name__ == "__main__":
    rows = runs(np.random.default_rng(SEED))
    with open(HERE / "runs.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["run", "params", "tokens", "unique_tokens", "loss", "group"])
        for row in rows:
            writer.writerow([row[0]] + [f"{value:.12g}" for value in row[1:5]] + [row[5]])
    single = [row for row in rows if row[3] == row[2]]
    generator = np.random.default_rng(SEED + 1)
    answers = []
    for delta in (1e-1, 1e-2, 1e-3):
        x, answer = fit(single, False, lambda r, delta=delta: huber(r, delta), generator)
        answers.append({"law": "chinchilla", "where": "epochs<=1", "objective_kind": f"huber {delta}", **answer})
    for delta in (1e-4, 1e-5):
        x, answer = fit(single, False, lambda r, delta=delta: huber(r, delta), generator, start=x)
        answers.append({"law": "chinchilla", "where": "epochs<=1", "objective_kind": f"huber {delta}", **answer})
    x, answer = fit(single, False, squares, generator)
    answers.append({"law": "chinchilla", "where": "epochs<=1", "objective_kind": "squares", **answer})
    x, answer = fit(rows, True, lambda r: huber(r, 1e-3), generator)
    answers.append({"law": "lovelace", "where": "epochs>=0", "objective_kind": "huber 0.001", **answer})
    x, answer = fit(rows, True, squares, generator)
    answers.append({"law": "lovelace", "where": "epochs>=0", "objective_kind": "squares", **answer})
    document = {"made_by": "make.py", "scipy": scipy.__version__, "numpy": np.__version__, "seed": SEED,
                "noise": NOISE, "truth": TRUTH, "answers": answers}
    with open(HERE / "answers.json", "w") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
    for answer in answers:
        print(answer["law"], answer["objective_kind"], answer["objective"], answer["coefficients"])
