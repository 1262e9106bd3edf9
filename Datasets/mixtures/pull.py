"""How strongly should weights be pulled to natural shares? Regret of the mixture chosen, by strength of the pull.

A mixture is chosen by ln(q . w) - strength * KL(w || natural shares) among runs that were really trained; its regret is
its loss above the best of them. Nothing is repeated in these runs, so D_eff / D is q . w. Qualities q come from smaller
pilots: ln(q . w) = (c - L) / B by least squares, B being |dL/dln D| of Hoffmann et al. 2022 (arXiv:2203.15556, approach 3)
at the pilots' tokens. People set qualities less well than fits do, so q is also given errors of 0.3 and 0.6 in ln q.

Chosen on: Ye et al. 2024 (arXiv:2403.16952), 7 RedPajama sources, pilots of 70M and 160M, runs of 305M and 410M, 22
validation sets; natural shares of RedPajama's token table. Two kinds of target: each validation set alone (one use, and
qualities judged for it), and the mean over resampled validation sets (many uses). Taken is the largest strength that is
not worse than the best by more than two standard errors, for one use and for many.
Reported on: RegMix (arXiv:2407.01492), 17 Pile sources, pilots of 1M, runs of 1B, 13 validation sets; natural shares of
its token prior.
Compared with: the qualities under which published mixtures are what a strength advises, beside their largest source.

    pip install numpy scipy && python3 pull.py DIRECTORY

DIRECTORY holds mixture_runs.csv (size, mixture_id, step, w_1 .. w_7, domain, loss) and mixtures/ with
regmix_pile17_presets.csv, pilots/regmix_{train_1m,test_1b}.csv and the published tables (source, pool_size,
epochs_derived).
"""

import csv
import sys

import numpy as np
from scipy.optimize import minimize

STRENGTHS = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 4, np.inf]
ERRORS = [0, 0.3, 0.6]
# R* of Muennighoff et al. 2023 (arXiv:2305.16264), what repeats are worth.
REPEATS = 15.387756
# Common Crawl and C4 are known columns; the order of the other five is not certain, and their shares are alike.
REDPAJAMA = np.array([878, 175, 59, 26, 28, 24, 20]) / 1210
rng = np.random.default_rng(20261129)


def rows(path):
    with open(path) as file:
        return list(csv.DictReader(file))


def slope(tokens):
    return 0.28 * 410.7 / tokens**0.28


def ye(directory):
    """Weights and losses by size, 30,000 steps of 4096 * 256 tokens."""
    runs = {}
    for row in rows(directory + "/mixture_runs.csv"):
        if row["step"] == "30000":
            run = runs.setdefault((row["size"], row["mixture_id"]), ([float(row[f"w_{i}"]) for i in range(1, 8)], {}))
            run[1][row["domain"]] = float(row["loss"])
    sizes = {}
    for (size, _), (weights, losses) in sorted(runs.items()):
        sizes.setdefault(size, []).append((np.array(weights) / sum(weights), [losses[d] for d in sorted(losses)]))
    return {size: tuple(map(np.array, zip(*runs))) for size, runs in sizes.items()}


def regmix(directory, name):
    table = rows(f"{directory}/mixtures/pilots/regmix_{name}.csv")
    sources = [c for c in table[0] if c.startswith("w_")]
    weights = np.array([[float(row[c]) for c in sources] for row in table])
    losses = np.array([[float(row[c]) for c in row if c.startswith("loss_")] for row in table])
    prior = {row["domain"]: float(row["token_prior"]) for row in rows(directory + "/mixtures/regmix_pile17_presets.csv")}
    natural = np.array([prior[c[2:]] for c in sources])
    return weights / weights.sum(1, keepdims=True), losses, natural / natural.sum()


def qualities(weights, losses, slope):
    """q by least squares, with a little ridge on ln q for what the pilots do not tell apart."""
    target = (losses.mean() - losses) / slope

    def objective(p):
        values = weights * np.exp(p)
        sums = values.sum(1)
        residuals = np.log(sums) - target
        slopes = values / sums[:, None]
        residuals, slopes = residuals - residuals.mean(), slopes - slopes.mean(0)
        return (
            residuals @ residuals / 2 + 5e-4 * ((p - p.mean()) @ (p - p.mean())),
            slopes.T @ residuals + 1e-3 * (p - p.mean()),
        )

    count = weights.shape[1]
    return np.exp(minimize(objective, np.zeros(count), jac=True, method="L-BFGS-B", bounds=[(-5, 5)] * count).x)


def regrets(pilots, runs, natural, slope, error, draws, subset):
    """Mean regret in nats of each strength, over draws of the runs to choose from and of errors in ln q."""
    fitted = qualities(*pilots, slope)
    weights, losses = runs
    divergence = np.where(weights > 0, weights * np.log(np.maximum(weights, 1e-300) / natural), 0).sum(1)
    total = np.zeros(len(STRENGTHS))
    for _ in range(draws):
        some = rng.choice(len(weights), min(subset, len(weights)), replace=False)
        gain = np.log(weights[some] @ (fitted * np.exp(error * rng.standard_normal(len(fitted)))))
        for place, strength in enumerate(STRENGTHS):
            value = gain - strength * divergence[some] if np.isfinite(strength) else -divergence[some]
            total[place] += losses[some][value.argmax()] - losses[some].min()
    return total / draws


def show(name, values):
    print(f"{name:44}" + "".join(f"{1000 * value:8.1f}" for value in values))


def implied(path, strength):
    """Qualities for which a published mixture is optimal: q rho'(r) - strength * ln(w/p) is the same for every source."""
    table = rows(path)
    pool, epochs = (np.array([float(row[c]) for row in table]) for c in ("pool_size", "epochs_derived"))
    weights, natural = pool * epochs / (pool @ epochs), pool / pool.sum()
    past = np.maximum(epochs - 1, 0) / REPEATS
    worth, marginal = np.minimum(epochs, 1) + REPEATS * (1 - np.exp(-past)), np.exp(-past)
    share = weights * worth / (epochs * marginal)
    divergence = strength * np.log(weights / natural)
    quality = ((1 - share @ divergence) / share.sum() + divergence) / marginal
    quality /= quality[pool.argmax()]
    return ", ".join(f"{row['source']} {q:.2f}" for row, q in zip(table, quality))


def choice(name, values, spread):
    """Shows regrets that differ by target, and returns the strengths that are not worse than the best beyond doubt."""
    mean = values.mean(0)
    best = mean.argmin()
    errors = spread * (values - values[:, [best]]).std(0, ddof=1)
    show(name, mean)
    show("  above the best", mean - mean[best])
    show("  standard error of that", errors)
    return {s for s, above, error in zip(STRENGTHS, mean - mean[best], errors) if above <= 2 * error}


def main(directory):
    runs = ye(directory)
    pairs = [("70M", "305M"), ("70M", "410M"), ("160M", "410M")]
    sets = runs["410M"][1].shape[1]

    def of_ye(domains, draws):
        return np.mean(
            [
                regrets(
                    (runs[small][0], runs[small][1][:, domains].mean(1)),
                    (runs[large][0], runs[large][1][:, domains].mean(1)), REDPAJAMA, slope(30_000 * 4096 * 256), error,
                    draws, 12)
                for small, large in pairs for error in ERRORS
            ], axis=0)

    print(f"{'mean regret, 1e-3 nats, by strength':44}" + "".join(f"{strength:8}" for strength in STRENGTHS))
    one = choice("Ye et al., one use", np.array([of_ye([d], 200) for d in range(sets)]), sets**-0.5)
    many = choice("Ye et al., many uses", np.array([of_ye(rng.integers(sets, size=sets), 40) for _ in range(100)]), 1)
    print("chosen:", max(one & many))
    weights, losses, natural = regmix(directory, "train_1m")
    large, large_losses, _ = regmix(directory, "test_1b")

    def of_regmix(domains, error, draws):
        return regrets(
            (weights, losses[:, domains].mean(1)), (large, large_losses[:, domains].mean(1)), natural, slope(1e9), error,
            draws, 32)

    every = range(losses.shape[1])
    for error in ERRORS:
        show(f"RegMix, one use, error {error}", np.mean([of_regmix([d], error, 40) for d in every], axis=0))
    for error in ERRORS:
        show(f"RegMix, many uses, error {error}", of_regmix(list(every), error, 200))
    for name in ["gpt3_300b", "llama1_1_4t", "olmo3_6t", "pile_v1"]:
        for strength in [0.4, 1]:
            print(f"{name}, strength {strength}: {implied(f'{directory}/mixtures/{name}.csv', strength)}")


if __name__ == "__main__":
    main(sys.argv[1])
