#!/usr/bin/env python3
"""Makes a large bundle out of a small one: render_bundle.py BUNDLE OUTPUT CASES PROCESSES.

Cases are repeated under new names and identities, processes and samples with them. For timing renderers only: the
result is no measurement, and `assay verify` says so.
"""
import copy
import hashlib
import json
import os
import sys

source, output, cases, processes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
bundle = json.load(open(os.path.join(source, "bundle.json")))
samples = {}
for line in open(os.path.join(source, "samples.jsonl")):
    sample = json.loads(line)
    samples.setdefault((sample["case"], sample["process"]), []).append(sample)
records = {}
for record in bundle["processes"]:
    records.setdefault(record["case"], []).append(record)

measurements, made, lines = [], [], []
planned = []
for number in range(cases):
    measurement = copy.deepcopy(bundle["measurements"][number % len(bundle["measurements"])])
    own = measurement["case"]["id"]
    copy_of = hashlib.sha256(f"{own}{number}".encode()).hexdigest()[:12]
    measurement["case"]["id"] = copy_of
    measurement["case"]["workload"] += f" no. {number}"
    measurements.append(measurement)
    planned.append(measurement["case"])
    for process in range(processes):
        of = records[own][process % len(records[own])]
        record = copy.deepcopy(of)
        record.update(case=copy_of, process=process, order=len(made))
        made.append(record)
        for sample in samples.get((own, of["process"]), []):
            lines.append(json.dumps(dict(sample, case=copy_of, process=process), sort_keys=True))
bundle["measurements"], bundle["processes"], bundle["plan"]["cases"] = measurements, made, planned
os.makedirs(output, exist_ok=True)
json.dump(bundle, open(os.path.join(output, "bundle.json"), "w"))
open(os.path.join(output, "samples.jsonl"), "w").write("\n".join(lines) + "\n")
environment = open(os.path.join(source, "environment.jsonl")).read()
open(os.path.join(output, "environment.jsonl"), "w").write(environment)
with open(os.path.join(output, "SHA256SUMS"), "w") as sums:
    for name in ["bundle.json", "samples.jsonl", "environment.jsonl"]:
        digest = hashlib.sha256(open(os.path.join(output, name), "rb").read()).hexdigest()
        sums.write(f"{digest}  {name}\n")
