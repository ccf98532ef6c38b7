#!/usr/bin/env python3
"""Records what SciPy and NumPy say, for Statistics to be held against. Needs scipy; run by hand: make.py > oracle.json"""
import json
import math

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

pairs = []
for n, m in ((5, 5), (6, 8), (8, 8), (10, 10), (3, 12), (20, 20), (60, 55)):
    for kind in ("same", "shifted", "tied"):
        a = rng.lognormal(0, 0.1, n)
        b = rng.lognormal(0.08 if kind == "shifted" else 0, 0.12, m)
        if kind == "tied":
            # Eighths: their sums are exact, so that equal differences are equal for SciPy too.
            a, b = np.round(a * 8) / 8, np.round(b * 8) / 8
        tied = len(set(a) | set(b)) < n + m
        method = "asymptotic" if tied or max(n, m) > 50 else "exact"
        u = stats.mannwhitneyu(a, b, method=method)
        entry = {"a": a.tolist(), "b": b.tolist(), "u": float(u.statistic), "p": float(u.pvalue)}
        if math.comb(n + m, n) <= 200_000:
            for side in ("less", "greater", "two-sided"):
                entry["permutation " + side] = float(stats.permutation_test(
                    (a, b), lambda x, y: np.mean(x) - np.mean(y), n_resamples=np.inf, alternative=side).pvalue)
        welch = stats.ttest_ind(a, b, equal_var=False)
        ci = welch.confidence_interval(0.95)
        entry["welch"] = [float(welch.df), float(ci.low), float(ci.high)]
        lower = stats.ttest_ind(a + 0.1, b, equal_var=False, alternative="greater").pvalue
        upper = stats.ttest_ind(a - 0.1, b, equal_var=False, alternative="less").pvalue
        entry["tost"] = float(max(lower, upper))
        pairs.append(entry)

boots = []
for n in (8, 12, 30):
    x = rng.lognormal(0, 0.4, n)
    first = stats.bootstrap((x,), np.mean, n_resamples=999, method="percentile", rng=rng)
    # The same resamples again, now bias-corrected and accelerated.
    second = stats.bootstrap((x,), np.mean, n_resamples=0, method="BCa", bootstrap_result=first)
    boots.append({
        "values": x.tolist(), "distribution": first.bootstrap_distribution.tolist(),
        "percentile": list(first.confidence_interval),
        "bca": list(second.confidence_interval),
    })

tails = {
    "normal": [[p, float(stats.norm.ppf(p))] for p in (1e-12, 1e-6, 0.001, 0.025, 0.2, 0.5, 0.7, 0.975, 0.999999)],
    "student": [[p, f, float(stats.t.ppf(p, f))] for f in (1, 2, 3.7, 9, 30, 250, 1e5)
                for p in (1e-6, 0.005, 0.025, 0.3, 0.5, 0.9, 0.975, 0.9995)],
    "studentCumulative": [[x, f, float(stats.t.cdf(x, f))] for f in (1, 2.5, 9, 300) for x in (-40, -3, -0.5, 0, 0.1, 2, 12)],
    "binomial": [[k, n, p, float(stats.binom.cdf(k, n, p))] for n, p in ((10, 0.5), (64, 0.1), (662, 0.01), (5000, 0.001))
                 for k in (0, 1, 2, 5, 9, 30)],
}
adjusted = [{"p": p.tolist(), "adjusted": stats.false_discovery_control(p, method="bh").tolist()}
            for p in (rng.uniform(0, 1, 1), rng.beta(0.3, 2, 20), np.round(rng.uniform(0, 1, 50), 1))]

print(json.dumps({
    "scipy": scipy.__version__,
    "medianRanks": [{"n": n, "level": level, "ranks": ranks(n, level)}
                    for n in list(range(1, 31)) + [59, 100, 999, 5120] for level in (0.9, 0.95, 0.99)],
    "series": series,
    "pairs": pairs,
    "boots": boots,
    "tails": tails,
    "adjusted": adjusted,
}))
