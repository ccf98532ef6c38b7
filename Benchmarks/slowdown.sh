#!/usr/bin/env bash
# A known regression: slowdown.sh [ASSAY [TRIES [SHARE]]]
# A null workload spins for 100 µs an iteration; the new side spins SHARE longer (a hidden test flag). How often is it caught?
set -euo pipefail
assay=${1:-.build/release/assay}
tries=${2:-10}
share=${3:-0.05}
out=$(mktemp -d); trap 'rm -rf "$out"' EXIT
export ASSAY_TEST_NULL=1
cat > "$out/null.yaml" <<YAML
workloads:
  - {name: spin, kernel: "null", shape: {nanoseconds: 100000, fault: none}}
suite: spin
rules: {processes: 10, processTime: 100ms, sampleTime: 1ms}
cases:
  - {workload: spin, threads: [1]}
YAML
caught=0; alarms=0
for try in $(seq 1 "$tries"); do
    "$assay" run "$out/null.yaml" --no-history --output "$out/base$try" --seed "$try" >/dev/null 2>&1
    "$assay" run "$out/null.yaml" --no-history --output "$out/same$try" --seed "$try" >/dev/null 2>&1
    ASSAY_TEST_SLOWDOWN=$share "$assay" run "$out/null.yaml" --no-history --output "$out/slow$try" --seed "$try" >/dev/null 2>&1
    rc=0; "$assay" check "$out/slow$try" --baseline "$out/base$try" >"$out/text" 2>/dev/null || rc=$?
    [ "$rc" -ne 1 ] || caught=$((caught + 1))
    grep -E 'regressed|equivalent|inconclusive|not comparable' "$out/text" | head -1
    rc=0; "$assay" check "$out/same$try" --baseline "$out/base$try" >/dev/null 2>&1 || rc=$?
    [ "$rc" -ne 1 ] || alarms=$((alarms + 1))
done
echo "slowed down by $share: caught in $caught of $tries; the same without: called regressed in $alarms of $tries"
