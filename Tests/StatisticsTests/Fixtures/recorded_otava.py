#!/usr/bin/env python3
"""Writes recorded_otava.json: series of Benchmarks/changepoints.py with the change points that Apache Otava calls in them.
Needs: pip install apache-otava==0.8.0

  Tests/StatisticsTests/Fixtures/recorded_otava.py
"""
import json
import random
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parents[2] / "Benchmarks"))
import changepoints  # noqa: E402

# As benchmarks give them; of the literature the shorter ones, since longer ones take a debug build minutes.
REPETITIONS = {100: 4, 150: 1}


def record(name, make):
    length = int(name.rsplit(" ", 1)[1])
    rng = random.Random(name)
    series = []
    for _ in range(REPETITIONS.get(length, 0)):
        values, shifts = make(rng)
        # Six digits, and Otava sees what is written.
        values = [float(f"{value:.6g}") for value in values]
        series.append({"values": values, "shifts": shifts, "otava": changepoints.otava(values)})
    return {"name": name, "series": series}


def main():
    found = [record(name, make) for name, make in changepoints.configurations()]
    text = json.dumps(
        {
            "otava": version("apache-otava"),
            "reach": changepoints.REACH,
            "configurations": [entry for entry in found if entry["series"]],
        },
        separators=(",", ":"),
    )
    (HERE / "recorded_otava.json").write_text(text.replace("},{", "},\n{") + "\n")


main()
