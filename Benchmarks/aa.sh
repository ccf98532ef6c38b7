#!/usr/bin/env bash
# Real runs against each other: aa.sh [ASSAY [RUNS [SUITE]]]
# A/A: RUNS runs of the same thing on this machine, all pairs; whatever is called is a false alarm.
set -euo pipefail
assay=${1:-.build/release/assay}
runs=${2:-10}
suite=${3:-quick}
out=${AA_OUTPUT:-.build/aa}
for run in $(seq 1 "$runs"); do
    [ -f "$out/$run/bundle.json" ] || "$assay" run "$suite" --no-history --output "$out/$run" --seed "$run" >/dev/null
done
pairs=0; metrics=0; called=0; loud=0
for a in $(seq 1 "$runs"); do
    for b in $(seq $((a + 1)) "$runs"); do
        verdicts=$("$assay" compare "$out/$a" "$out/$b" --json 2>/dev/null | grep -o '"verdict" *: *"[^"]*"' | cut -d'"' -f4)
        here=$(printf '%s\n' "$verdicts" | grep -cE '^(regressed|improved|slower|faster|not comparable)$' || true)
        pairs=$((pairs + 1)); called=$((called + here)); metrics=$((metrics + $(printf '%s\n' "$verdicts" | wc -l)))
        [ "$here" -eq 0 ] || { loud=$((loud + 1)); echo "runs $a and $b: $here of $(printf '%s\n' "$verdicts" | wc -l)"; }
    done
done
echo "$pairs pairs of $runs runs of $suite: $loud with a verdict other than equivalent or inconclusive; $called of $metrics metrics"
