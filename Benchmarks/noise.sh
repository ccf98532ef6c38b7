#!/bin/sh
# Is noise seen? Runs cases on a quiet machine and beside `stress-ng --cpu N`, and counts the processes that are marked
# disturbed. Nothing else should run on the machine meanwhile. Needs stress-ng (Debian: apt-get install stress-ng).
#   Benchmarks/noise.sh [ASSAY [STRESSORS]]
set -eu
assay=${1:-${ASSAY:-.build/release/assay}}
stressors=${2:-2}
command -v stress-ng > /dev/null || { echo "noise.sh: stress-ng is not installed" >&2; exit 69; }
work=$(mktemp -d)
stress=
trap 'if [ -n "$stress" ]; then kill "$stress" 2> /dev/null || true; fi; rm -rf "$work"' EXIT INT TERM

# Re-runs are left out: each process is judged as it comes.
cat > "$work/noise.yaml" <<'YAML'
suite: noise
rules: {processes: 10, maximumProcesses: 10, rerunShare: 0, processTime: 400ms, sampleTime: 1ms, sampleTarget: 0.01%}
cases:
  - {workload: peak-compute, threads: [1, all]}
  - {workload: triad, threads: [1, all]}
  - {workload: matmul-512, threads: [1, all]}
  - {workload: embedding-1m, threads: [1, all]}
YAML

measure() {
    "$assay" run "$work/noise.yaml" --no-history --output "$work/$1" > "$work/out" 2>&1 || { cat "$work/out" >&2; exit 70; }
    "$assay" verify "$work/$1" > /dev/null || { echo "noise.sh: $1: the bundle does not verify" >&2; exit 70; }
}
measure quiet
stress-ng --cpu "$stressors" --quiet &
stress=$!
sleep 1
measure "stressed"
kill "$stress" 2> /dev/null || true
stress=

python3 - "$work" <<'PY'
import json, sys
failed = False
for name, least, most in [("quiet", 0, 0.05), ("stressed", 0.95, 1)]:
    bundle = json.load(open(f"{sys.argv[1]}/{name}/bundle.json"))
    records = [r for r in bundle["processes"] if r["outcome"]["kind"] == "completed"]
    causes = {}
    marked = 0
    for record in records:
        found = {d["kind"] for d in record.get("disturbed", [])}
        marked += bool(found)
        for cause in found: causes[cause] = causes.get(cause, 0) + 1
    share = marked / len(records)
    ok = least <= share <= most
    failed |= not ok
    watch = bundle["watch"]
    print(f"{name:9} {marked:3} of {len(records)} processes marked ({share:.1%}), goal {'≤ 5 %' if name == 'quiet' else '≥ 95 %'}"
          f"; watch {watch['cpuSeconds'] / watch['duration']:.3%} of a core, goal ≤ 0.2 %; causes {causes}")
sys.exit(failed)
PY
