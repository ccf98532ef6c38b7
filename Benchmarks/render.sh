#!/bin/sh
# How long composing and rendering take, for bundles of the size of `standard` and of `full`, made from a published one by
# repeating its cases. Reading and checking the bundle are not in it: `assay verify` does as much.
#   Benchmarks/render.sh [ASSAY]
set -eu
assay=${1:-${ASSAY:-.build/release/assay}}
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

for size in "standard 100 10 50" "full 400 20 200"; do
    # shellcheck disable=SC2086
    set -- $size
    python3 "$here/render_bundle.py" "$here/../Reports/amd-epyc-2c" "$work/$1" "$2" "$3"
    for _ in 1 2 3 4 5; do
        ASSAY_TIMES=1 "$assay" datasheet "$work/$1" --format md,html,tex,json,csv --output "$work/out" 2>&1 > /dev/null |
            grep '^time '
    done | awk -v name="$1" -v cases="$2" -v goal="$4" '
        { if (!($2 in least) || $3 < least[$2]) least[$2] = $3; if (!seen[$2]++) order[++n] = $2 }
        END {
            for (i = 1; i <= n; i++) printf "%s, %d cases: %-8s %7.1f ms\n", name, cases, order[i], least[order[i]]
            printf "%s: composed and rendered as HTML  %7.1f ms   goal %d ms\n", name, least["compose"] + least["html"], goal
        }'
done
