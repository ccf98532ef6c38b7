#!/usr/bin/env python3
"""Lines of `assay history export` with many runs made from one: history.py EXPORT RUNS METRICS > MANY. Values go around the one measured,
with a step of 5 % half-way."""
import hashlib
import json
import random
import sys

lines = [json.loads(line) for line in open(sys.argv[1])]
runs, metrics = int(sys.argv[2]), int(sys.argv[3])
out = sys.stdout
parts = {hashlib.sha256(line["part"].encode()).hexdigest()[:32]: line["part"] for line in lines if "part" in line}
run = next(line["run"] for line in lines if "run" in line)
model = next(result for result in run["results"] if result["metrics"])
print(json.dumps(lines[0]))
results = []
for index in range(metrics):
    detail = json.loads(parts[model["detail"]])
    detail["case"]["id"] = f"{index:012x}"
    detail["case"]["workload"] = f"case {index}"
    text = json.dumps(detail, sort_keys=True)
    parts[hashlib.sha256(text.encode()).hexdigest()[:32]] = text
    result = dict(model, case=f"{index:012x}", detail=hashlib.sha256(text.encode()).hexdigest()[:32])
    results.append(result)
for part in parts.values():
    print(json.dumps({"part": part}))
rng = random.Random(7)
base = model["metrics"][0]["metric"]["value"]
for number in range(runs):
    step = 1.05 if number > runs // 2 else 1.0
    reference = dict(
        run["reference"], id=f"{number:08d}-made",
        created=f"{2024 + number // 8760:04d}-{1 + number // 720 % 12:02d}-{1 + number // 24 % 28:02d}T{number % 24:02d}:00:00Z")
    made = []
    for result in results:
        level = base * step * rng.gauss(1, 0.01)
        values = [level * rng.gauss(1, 0.005) for _ in range(10)]
        metric = dict(result["metrics"][0]["metric"], value=level, count=10,
                      interval={"lower": level * 0.99, "upper": level * 1.01, "level": 0.95})
        made.append(dict(result, metrics=[{"metric": metric, "processes": values}]))
    out.write(json.dumps({"run": dict(run, reference=reference, results=made)}) + "\n")
