#!/usr/bin/env bash
# kill -9 at random moments of a run, each followed by --resume: no completed sample may be lost or be there twice, and the
# final bundle must verify. Nothing is computed: the workloads only sleep.
#   Benchmarks/kill.sh [ASSAY [KILLS]]
set -euo pipefail
assay=${1:-${ASSAY:-.build/release/assay}}
kills=${2:-100}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
export ASSAY_TEST_NULL=1 ASSAY_METADATA_ENDPOINT=http://127.0.0.1:1 ASSAY_METADATA_TIMEOUT=1 XDG_STATE_HOME=/nonexistent
cat > "$work/nulls.yaml" <<'YAML'
workloads:
  - {name: null-a, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
  - {name: null-b, kernel: "null", shape: {nanoseconds: 150000, fault: none}}
  - {name: null-c, kernel: "null", shape: {nanoseconds: 200000, fault: none}}
suite: nulls
rules: {processes: 200, maximumProcesses: 200, processTime: 100ms, sampleTime: 1ms, sampleTarget: 0.0001%, rerunShare: 0.1}
cases:
  - {workload: null-a, threads: [1]}
  - {workload: null-b, threads: [1]}
  - {workload: null-c, threads: [1]}
YAML

run="$work/run"
"$assay" run "$work/nulls.yaml" --no-history --output "$run" --seed 1 > "$work/out" 2>&1 &
pid=$!
for ((number = 1; number <= kills; number++)); do
    # Between 0.05 and 1 second: in probing, between processes, in the middle of one.
    sleep "0.$(printf '%03d' $((RANDOM % 950 + 50)))"
    kill -9 "$pid" 2> /dev/null || { echo "kill.sh: the run ended before kill $number" >&2; exit 70; }
    wait "$pid" 2> /dev/null || true
    if [ -e "$run/journal.jsonl" ]; then
        # What whole lines say now must be there at the end.
        python3 - "$run/journal.jsonl" "$work/kept.jsonl" <<'PY'
import json, sys
seen = set()
for line in open(sys.argv[1], errors="replace"):
    if not line.endswith("\n"): continue
    entry = json.loads(line)
    for sample in entry.get("samples", {}).get("lines", []):
        seen.add((sample["case"], sample["process"], sample["index"], sample["seconds"]))
with open(sys.argv[2], "a") as kept:
    for key in sorted(seen): kept.write(json.dumps(key) + "\n")
PY
        "$assay" run --resume --no-history --output "$run" > "$work/out" 2>&1 &
    else
        "$assay" run "$work/nulls.yaml" --no-history --output "$run" --seed 1 > "$work/out" 2>&1 &
    fi
    pid=$!
done
# The rest of the plan is of no interest: what is there is ended in good order and published.
sleep 5
kill -TERM "$pid"
wait "$pid" || true
"$assay" verify "$run" || { cat "$work/out" >&2; exit 70; }
python3 - "$run" "$work/kept.jsonl" "$kills" <<'PY'
import json, sys
samples = [json.loads(line) for line in open(sys.argv[1] + "/samples.jsonl")]
keys = [(s["case"], s["process"], s["index"], s["seconds"]) for s in samples]
names = [key[:3] for key in keys]
kept = {tuple(json.loads(line)) for line in open(sys.argv[2])}
bundle = json.load(open(sys.argv[1] + "/bundle.json"))
processes = [(p["case"], p["process"]) for p in bundle["processes"]]
completed = sum(p["outcome"]["kind"] == "completed" for p in bundle["processes"])
cut = sum(p["outcome"]["kind"] == "interrupted" for p in bundle["processes"])
lost = len(kept - set(keys))
double = len(names) - len(set(names)) + len(processes) - len(set(processes))
print(f"{sys.argv[3]} kills, {bundle['resumed']} resumes: {len(keys)} samples of {completed} completed and {cut} cut processes; "
      f"{lost} lost, {double} there twice")
sys.exit(bool(lost or double))
PY
