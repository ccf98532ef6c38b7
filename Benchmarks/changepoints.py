#!/usr/bin/env python3
"""Change points beside Apache Otava's, on the same series: those that Matteson & James (2014) simulate in one dimension (a change of mean, of
variance, of tails in the middle third), and series as benchmarks give them, with 0, 1 and 3 shifts. Needs: pip install apache-otava

  Benchmarks/changepoints.py [ASSAY] [REPETITIONS]

Tests/StatisticsTests/Fixtures/recorded_otava.py records some of the same series with Otava's answers, for a test without Otava.
"""
import json
import math
import random
import subprocess
import sys

from otava.analysis import compute_change_points

# A change point counts as found where one was called this near to it.
REACH = 5


def student(rng, degrees):
    return rng.gauss(0, 1) / math.sqrt(sum(rng.gauss(0, 1) ** 2 for _ in range(degrees)) / degrees)


def thirds(rng, n, middle):
    third = n // 3
    plain = lambda: rng.gauss(0, 1)
    values = [plain() for _ in range(third)] + [middle(rng) for _ in range(third)] + [plain() for _ in range(third)]
    # Otava compares ratios of means, which a mean of 0 has not.
    return [value + 100 for value in values], [third, 2 * third]


def benchmark(rng, n, variation, shifts, size):
    sigma = math.log1p(variation)
    level, values, places = 0.0, [], [n * (k + 1) // (shifts + 1) for k in range(shifts)]
    sign = 1
    for index in range(n):
        if index in places:
            level += sign * math.log1p(size)
            sign = -sign
        noise = rng.gauss(0, sigma)
        # One run in twenty is disturbed, and then slower.
        if rng.random() < 0.05:
            noise -= abs(rng.gauss(0, 3 * sigma))
        values.append(100 * math.exp(level + noise))
    return values, places


def configurations():
    for n in (150, 300):
        for mean in (1, 2, 4):
            yield f"mean {mean}, n {n}", lambda rng, n=n, m=mean: thirds(rng, n, lambda r: r.gauss(m, 1))
        for variance in (2, 5, 10):
            yield f"variance {variance}, n {n}", lambda rng, n=n, v=variance: thirds(
                rng, n, lambda r: r.gauss(0, math.sqrt(v)))
        for degrees in (16, 8, 2):
            yield f"tails t{degrees}, n {n}", lambda rng, n=n, d=degrees: thirds(rng, n, lambda r: student(r, d))
    for variation in (0.01, 0.03):
        yield f"no shift, CV {variation:.0%}, n 100", lambda rng, v=variation: benchmark(rng, 100, v, 0, 0)
        for shifts in (1, 3):
            for size in (0.02, 0.05, 0.10):
                yield f"{shifts} × {size:.0%}, CV {variation:.0%}, n 100", lambda rng, v=variation, k=shifts, s=size: (
                    benchmark(rng, 100, v, k, s))


def otava(values):
    found, _ = compute_change_points(list(values), window_len=50, max_pvalue=0.001, min_magnitude=0.0)
    return sorted(int(point.index) for point in found)


def assay(executable, all_values):
    # Both see the same: logarithms for ours, as the trend takes them.
    text = "\n".join(json.dumps([math.log(value) for value in values]) for values in all_values)
    done = subprocess.run([executable, "change-points"], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def score(found, true):
    left, hits = list(true), 0
    for place in found:
        near = [t for t in left if abs(t - place) <= REACH]
        if near:
            left.remove(min(near, key=lambda t: abs(t - place)))
            hits += 1
    return hits, len(found) - hits, len(true) - hits


def main():
    executable = sys.argv[1] if len(sys.argv) > 1 else ".build/release/assay"
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    print("| series | F1 Assay | F1 Otava | false Assay | false Otava |")
    print("| --- | ---: | ---: | ---: | ---: |")
    total = {"ours": [0, 0, 0], "theirs": [0, 0, 0]}
    for name, make in configurations():
        rng = random.Random(name)
        series = [make(rng) for _ in range(repetitions)]
        answers = {
            "ours": assay(executable, [values for values, _ in series]),
            "theirs": [otava(values) for values, _ in series],
        }
        cells = []
        for who in ("ours", "theirs"):
            hits = alarms = misses = 0
            for (_, true), found in zip(series, answers[who]):
                h, a, m = score(found, true)
                hits, alarms, misses = hits + h, alarms + a, misses + m
            for index, value in enumerate((hits, alarms, misses)):
                total[who][index] += value
            f1 = 2 * hits / (2 * hits + alarms + misses) if hits + misses else float("nan")
            cells.append(("–" if math.isnan(f1) else f"{f1:.2f}", f"{alarms / repetitions:.2f}"))
        print(f"| {name} | {cells[0][0]} | {cells[1][0]} | {cells[0][1]} | {cells[1][1]} |", flush=True)
    f1 = {who: 2 * h / (2 * h + a + m) for who, (h, a, m) in total.items()}
    alarms = {who: a / repetitions / len(list(configurations())) for who, (_, a, _) in total.items()}
    print(f"| **all** | **{f1['ours']:.2f}** | **{f1['theirs']:.2f}** | {alarms['ours']:.2f} | {alarms['theirs']:.2f} |")


if __name__ == "__main__":
    main()
