#!/bin/sh
# Records what Benchmarks/trials.sh compares stopping rules on: 24 seconds of samples of each case, in one process.
# Nothing else should run on the machine meanwhile.
#   Benchmarks/record-series.sh [ASSAY] > Benchmarks/series.csv
set -eu
assay=${1:-${ASSAY:-.build/release/assay}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cat > "$work/series.yaml" <<'YAML'
suite: series
rules: {processes: 1, processTime: 24s, sampleTime: 4ms, sampleTarget: 0.0001%, rerunShare: 0, maximumSamples: 8192}
cases:
  - {workload: peak-compute, threads: [1, all]}
  - {workload: triad, threads: [1, all]}
  - {workload: latency, threads: [1]}
  - {workload: matmul-512, threads: [1, all]}
  - {workload: conv-3x3-64, threads: [1, all]}
  - {workload: embedding-1m, threads: [1, all]}
YAML
"$assay" run "$work/series.yaml" --no-history --output "$work/run" > "$work/out" 2>&1 || { cat "$work/out" >&2; exit 70; }
python3 - "$work/run" <<'PY'
import json, sys
directory = sys.argv[1]
bundle = json.load(open(directory + "/bundle.json"))
names = {c["id"]: f'{c["workload"]} {c["threads"]}' for c in bundle["plan"]["cases"]}
series = {}
for line in open(directory + "/samples.jsonl"):
    sample = json.loads(line)
    series.setdefault(sample["case"], []).append((sample["index"], sample["seconds"]))
for case, samples in series.items():
    print(names[case], *(f"{seconds:.4g}" for _, seconds in sorted(samples)), sep=",")
PY
