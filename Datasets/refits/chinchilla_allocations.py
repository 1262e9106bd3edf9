"""Draws the power laws N = k·C^a, D = m·C^b through the printed allocations of Hoffmann et al. 2022.

Rows are those of Table 3 (approach 1) and Table A3 (approaches 2 and 3) of arXiv:2203.15556, as printed, except the
tokens-derived compute of approach 3's 175B row, printed as 1.26e24 where 6·N·D is 1.26e25. Least squares in logarithms.
"""

import numpy as np

N = np.array([400e6, 1e9, 10e9, 67e9, 175e9, 280e9, 520e9, 1e12, 10e12])
COMPUTE = {
    1: [1.92e19, 1.21e20, 1.23e22, 5.76e23, 3.85e24, 9.90e24, 3.43e25, 1.27e26, 1.30e28],
    2: [1.84e19, 1.20e20, 1.32e22, 6.88e23, 4.54e24, 1.18e25, 4.19e25, 1.59e26, 1.75e28],
    3: [2.21e19, 1.62e20, 2.46e22, 1.71e24, 1.26e25, 3.52e25, 1.36e26, 5.65e26, 8.55e28],
}
TOKENS = {
    1: [8.0e9, 20.2e9, 205.1e9, 1.5e12, 3.7e12, 5.9e12, 11.0e12, 21.2e12, 216.2e12],
    2: [7.7e9, 20.0e9, 219.5e9, 1.7e12, 4.3e12, 7.1e12, 13.4e12, 26.5e12, 292.0e12],
    3: [9.2e9, 27.1e9, 410.1e9, 4.1e12, 12.0e12, 20.1e12, 43.5e12, 94.1e12, 1425.5e12],
}

for approach in COMPUTE:
    c = np.log(COMPUTE[approach])
    for name, values in (("N", N), ("D", np.array(TOKENS[approach]))):
        exponent, intercept = np.polyfit(c, np.log(values), 1)
        worst = np.abs(np.exp(intercept + exponent * c) / values - 1).max()
        print(f"approach {approach}: {name} = {np.exp(intercept):.6g}·C^{exponent:.6g}   worst row {worst:.2%}")
