#!/usr/bin/env bash
# A history of 10,000 runs × 100 metrics: size of the file, time of trend and check; two processes that add at once; kill -9.
#   Benchmarks/history.sh [ASSAY] [RUNS]
set -euo pipefail
assay=$(realpath "${1:-.build/release/assay}")
runs=${2:-10000}
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
work=$(mktemp -d "${TMPDIR:-/tmp}/assay-history.XXXXXX")
trap 'rm -rf "$work"' EXIT
export ASSAY_TEST_NULL=1 XDG_DATA_HOME=$work/home
database=(--database "$work/history.sqlite")
cat > "$work/suite.yaml" <<'EOF'
workloads:
  - {name: spin, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
suite: history benchmark
rules: {processes: 10, processTime: 60ms, sampleTime: 1ms}
cases:
  - {workload: spin, threads: [1]}
EOF
"$assay" run "$work/suite.yaml" --no-cloud-metadata --output "$work/run" "${database[@]}" > /dev/null 2>&1
"$assay" history export "${database[@]}" > "$work/one.jsonl"
rm "$work"/history.sqlite*

seconds() { local start=$EPOCHREALTIME; "$@" > "$work/out" 2>&1 || true; awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f s", b - a }'; }

start=$EPOCHREALTIME
"$here/history.py" "$work/one.jsonl" "$runs" 100 | "$assay" history import - "${database[@]}"
echo "import     $(awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.0f s", b - a }') for $runs runs × 100 metrics"
echo "size       $(stat -c %s "$work/history.sqlite" | awk '{ printf "%.0f MB", $1 / 1e6 }')"
last=$(printf '%08d-made' $((runs - 1)))
before=$(printf '%08d-made' $((runs - 2)))
"$assay" history baseline set main "$before" "${database[@]}" > /dev/null
echo "trend      $(seconds "$assay" history trend "case 7" "${database[@]}") one workload, the last 1,000 runs"
echo "trend      $(seconds "$assay" history trend "case 7" --last 10000 "${database[@]}") the same, all runs"
echo "trend      $(seconds "$assay" history trend "${database[@]}") all 100 metrics, the last 1,000 runs"
echo "check      $(seconds "$assay" check "$last" --baseline main "${database[@]}") the newest run against a baseline"
echo "baseline   $(seconds "$assay" history show "$last" "${database[@]}") one run read whole"

both=$work/both.sqlite
for letter in a b; do
    "$here/history.py" "$work/one.jsonl" 1000 10 | sed "s/-made\"/-$letter\"/" > "$work/$letter.jsonl"
done
"$assay" history import "$work/a.jsonl" --database "$both" > /dev/null & first=$!
"$assay" history import "$work/b.jsonl" --database "$both" > /dev/null & second=$!
wait "$first" "$second"
echo "writers    $("$assay" history list --last 9999 --json --database "$both" | grep -c '"id"') of 2000 runs that two processes added at once"
for delay in 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8; do
    "$assay" history import "$work/a.jsonl" --database "$work/killed.sqlite" > /dev/null 2>&1 & victim=$!
    sleep "$delay"
    kill -9 "$victim" 2> /dev/null || true
    wait "$victim" 2> /dev/null || true
done
python3 - "$work/killed.sqlite" <<'PY'
import sqlite3, sys
print("kill -9   ", "integrity_check:", sqlite3.connect(sys.argv[1]).execute("PRAGMA integrity_check").fetchone()[0])
PY
