"""Random mixture problems solved by an independent convex solver (CVXPY with Clarabel).

    pip install cvxpy && python3 solve.py > solved.csv

A row is a source of a case. Curves: muennighoff (coefficient R*) and infolaw (N = parameters, K = tokens, natural
logarithms). `objective` is D_eff where `kl` is 0, else ln D_eff - kl * KL(w || natural shares), with qualities as they
stand. Repeats are split off as r = a + b with a <= 1, which is exact at the optimum of a concave curve and keeps every
term in the solver's cone of exponentials.
"""

import math
import sys

import cvxpy as cp
import numpy as np

INFOLAW_A, INFOLAW_B = 0.140, 0.018


def solve(tokens, parameters, kl, sources):
    k = len(sources)
    unique = np.array([s["unique"] for s in sources]) / tokens
    quality = np.array([s["quality"] for s in sources])
    once, more = cp.Variable(k, nonneg=True), cp.Variable(k, nonneg=True)
    weights = cp.multiply(unique, once + more)
    parts = []
    for i, s in enumerate(sources):
        if s["curve"] == "muennighoff":
            r = s["coefficient"]
            parts.append(once[i] + r * (1 - cp.exp(-more[i] / r)))
        else:
            rate = (INFOLAW_A * math.log(parameters) + INFOLAW_B) / math.log(tokens)
            scale = math.exp(-rate) / (1 - math.exp(-rate))
            parts.append(once[i] + scale * (1 - cp.exp(-rate * more[i])))
    effective = cp.sum(cp.multiply(quality * unique, cp.hstack(parts)))
    constraints = [once <= 1, cp.sum(weights) == 1]
    for i, s in enumerate(sources):
        if s["cap"]:
            constraints.append(once[i] + more[i] <= s["cap"])
        if s["floor"]:
            constraints.append(weights[i] >= s["floor"])
    natural = unique / unique.sum()
    if kl:
        objective = cp.log(effective) - kl * cp.sum(cp.rel_entr(weights, natural))
    else:
        objective = effective
    problem = cp.Problem(cp.Maximize(objective), constraints)
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-9, tol_gap_rel=1e-9, tol_feas=1e-9, max_iter=500)
    assert problem.status == "optimal", problem.status
    value = problem.value + (math.log(tokens) if kl else 0)
    return (value if kl else problem.value * tokens), np.array(weights.value)


def main():
    random = np.random.default_rng(20260501)
    print("case,tokens,parameters,kl,objective,source,unique_tokens,quality,curve,coefficient,max_epochs,floor,weight")
    for case in range(48):
        k = [1, 2, 3, 5, 8, 13, 21, 34, 50][case % 9]
        unique = 10 ** random.uniform(9, 12, k)
        sources = []
        for i in range(k):
            curve = "muennighoff" if random.random() < 0.6 else "infolaw"
            sources.append(
                {
                    "unique": float(f"{unique[i]:.6g}"),
                    "quality": 1.0 if case % 7 == 6 else float(f"{random.lognormal(0, 0.5):.6g}"),
                    "curve": curve,
                    "coefficient": float(random.choice([4.5, 15.387756, 31.0])) if curve == "muennighoff" else "",
                    "cap": float(random.choice([1.0, 2.5, 4.0, 7.0, 16.0])) if random.random() < 0.6 else "",
                    "floor": 0.3 / k if random.random() < 0.15 else "",
                }
            )
        for s in sources:
            if s["floor"] and s["cap"]:
                s["floor"] = ""
        most = sum((s["cap"] or 40) * s["unique"] for s in sources)
        tokens = float(f"{min(0.9 * most, sum(unique) * 10 ** random.uniform(-0.7, 0.9)):.6g}")
        kl = [0, 0.05, 0.5, 0, 0.005][case % 5]
        parameters = 7e9
        objective, weights = solve(tokens, parameters, kl, sources)
        for i, s in enumerate(sources):
            print(
                f"{case},{tokens!r},{parameters:g},{kl},{objective:.12g},s{i},{s['unique']!r},{s['quality']!r},"
                f"{s['curve']},{s['coefficient']},{s['cap']},{s['floor']},{weights[i]:.7f}"
            )
        print(case, k, kl, objective, file=sys.stderr)


main()
