#!/usr/bin/env python3
"""Records what SciPy says of one-sided rank tests, trimmed means and sums of squares. Needs scipy; run by hand: gate.py > gate.json"""
import json

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20261124)
pairs = []
for n, m in ((3, 3), (6, 6), (8, 8), (10, 10), (10, 7), (20, 20), (16, 48)):
    for shift in (0, 0.05, -0.3):
        a = rng.lognormal(shift, 0.1, n)
        b = rng.lognormal(0, 0.12, m)
        entry = {"a": a.tolist(), "b": b.tolist()}
        entry["greater"] = float(stats.mannwhitneyu(a, b, method="exact", alternative="greater").pvalue)
        entry["asymptotic"] = float(stats.mannwhitneyu(a, b, method="asymptotic", alternative="greater").pvalue)
        trimmed = stats.ttest_ind(np.log(a), np.log(b), equal_var=False, trim=0.125)
        entry["t"], entry["freedom"], entry["p"] = float(trimmed.statistic), float(trimmed.df), float(trimmed.pvalue)
        pairs.append(entry)
squares = [
    [p, f, float(stats.chi2.ppf(p, f)), float(stats.chi2.cdf(f * (0.5 + p), f))]
    for f in (1, 2, 5, 9.5, 19, 117, 1000)
    for p in (0.001, 0.05, 0.5, 0.95, 0.999)
]
print(json.dumps({"scipy": scipy.__version__, "pairs": pairs, "squares": squares}))
