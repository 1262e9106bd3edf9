"""Writes SciPy's answers to fits with a prior, which the tests repeat on the synthetic run table.

The objective is the sum of Huber losses of 1e-3 on log loss plus half the squared deviations from the prior's centers in
units of its widths, times delta, times the assumed mean absolute error, times the number of runs that count as one.

Usage: make_prior.py, in an environment with NumPy and SciPy. Writes prior_answers.json beside itself.
"""

import csv
import json
import pathlib

import numpy as np
import scipy
from scipy.optimize import minimize

HERE = pathlib.Path(__file__).parent
DELTA = 1e-3
# ln E, ln A - 19.5 alpha, ln B - 23.5 beta, alpha, beta - alpha
CENTERS = np.array([np.log(1.82), -0.621, -0.983, 0.35, 0.0])
WIDTHS = np.array([0.1, 0.5, 0.5, 0.05, 0.05])


def fit(rows, scatter, dependence):
    n, d, loss = (np.array([float(row[name]) for row in rows]) for name in ("params", "tokens", "loss"))

    def objective(x):
        e, a, b, alpha, tie = x
        beta = alpha + tie
        predicted = np.exp(e) + np.exp(a - alpha * (np.log(n) - 19.5)) + np.exp(b - beta * (np.log(d) - 23.5))
        residuals = np.log(predicted) - np.log(loss)
        size = np.abs(residuals)
        data = np.where(size <= DELTA, 0.5 * residuals**2, DELTA * (size - 0.5 * DELTA)).sum()
        return data + 0.5 * DELTA * scatter * dependence * (((x - CENTERS) / WIDTHS) ** 2).sum()

    x = CENTERS
    for _ in range(6):
        x = minimize(objective, x, method="Nelder-Mead",
                     options={"maxiter": 20000, "maxfev": 20000, "xatol": 1e-11, "fatol": 1e-17}).x
        x = minimize(objective, x, method="BFGS", options={"gtol": 1e-14}).x
    e, a, b, alpha, tie = x
    beta = alpha + tie
    return {"scatter": scatter, "dependence": dependence, "objective": objective(x),
            "coefficients": {"E": float(np.exp(e)), "A": float(np.exp(a + 19.5 * alpha)), "alpha": float(alpha),
                             "B": float(np.exp(b + 23.5 * beta)), "beta": float(beta)}}


if __name__ == "__main__":
    with open(HERE / "runs.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unique_tokens"] == row["tokens"]]
    answers = [fit(some, scatter, dependence)
               | {"runs": len(some)} for some, scatter, dependence in
               ((rows, 0.004, 1), (rows, 0.004, 10), (rows, 0.02, 100), (rows[:6], 0.004, 10))]
    document = {"made_by": "make_prior.py", "scipy": scipy.__version__, "numpy": np.__version__, "answers": answers}
    with open(HERE / "prior_answers.json", "w") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
    for answer in answers:
        print(answer)
