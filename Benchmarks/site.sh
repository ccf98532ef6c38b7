#!/usr/bin/env bash
# A site of 1,000 synthetic bundles: how long it takes. With --browser, Chromium opens it from the folder, sorts, filters and compares.
# Usage: Benchmarks/site.sh [COUNT] [--browser]
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
count=${1:-1000}
assay=${ASSAY:-.build/release/assay}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 Benchmarks/site/generate.py Reports/amd-epyc-2c "$work/bundles" "$count"
start=$(date +%s.%N)
"$assay" site "$work/bundles" --output "$work/site" || true
end=$(date +%s.%N)
echo "bundles    $count, $(du -sh "$work/bundles" | cut -f1)"
echo "site       $(du -sh "$work/site" | cut -f1), $(find "$work/site" -type f | wc -l) files"
awk -v a="$start" -v b="$end" -v n="$count" 'BEGIN { printf "time       %.1f s, %.1f ms a bundle, goal for 1,000: 30 s\n", b - a, (b - a) * 1000 / n }'
if [ "${2:-}" = --browser ]; then
    python3 Benchmarks/site/browse.py "$work/site" "${PICTURES:-$work}"
fi
