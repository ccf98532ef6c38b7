#!/usr/bin/env python3
"""Records what SciPy and NumPy say, for Statistics to be held against. Needs scipy; run by hand: make.py > oracle.json"""
import json

import numpy as np
import scipy
from scipy import stats


def ranks(n, level):
    """Widest symmetric order-statistic interval of the median with at least `level`, from SciPy's binomial."""
    best = None
    for k in range(n // 2):
        coverage = 1 - 2 * stats.binom.cdf(k, n, 0.5)
        if coverage >= level:
            best = [k, n - 1 - k, coverage]
    return best


rng = np.random.default_rng(20261123)
series = []
for n in (5, 12, 40, 200):
    for kind in ("independent", "shifted", "correlated", "tied"):
        x = rng.lognormal(0, 0.2, n)
        if kind == "shifted":
            x[: n // 3] *= 1.5
        if kind == "correlated":
            for i in range(1, n):
                x[i] = 0.7 * x[i - 1] + 0.3 * x[i]
        if kind == "tied":
            x = np.round(x, 1)
        r = stats.rankdata(x)
        u = [2 * r[:t].sum() - t * (n + 1) for t in range(1, n)]
        t = int(np.argmax(np.abs(u)))
        k = float(u[t])
        d = x - x.mean()
        series.append({
            "kind": kind,
            "values": x.tolist(),
            "median": float(np.median(x)),
            "ranks": r.tolist(),
            "shiftIndex": t + 1,
            "shiftP": min(1.0, 2 * float(np.exp(-6 * k * k / (n**3 + n**2)))),
            "shiftDownwards": k > 0,
            "lag1": float((d[1:] * d[:-1]).sum() / (d * d).sum()),
        })

print(json.dumps({
    "scipy": scipy.__version__,
    "medianRanks": [{"n": n, "level": level, "ranks": ranks(n, level)}
                    for n in list(range(1, 31)) + [59, 100, 999, 5120] for level in (0.9, 0.95, 0.99)],
    "series": series,
}))
