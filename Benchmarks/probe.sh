#!/bin/sh
# Times `assay probe --json` against `lstopo-no-graphics --of xml`, which finds out the same.
#   Benchmarks/probe.sh [ASSAY [PAIRS]]        ASSAY: the executable, also from the environment
# The two run alternately, so that what disturbs the machine disturbs both. Ratio below 1: the probe is faster.
set -eu
assay=${1:-${ASSAY:-.build/release/assay}}
pairs=${2:-30}
command -v lstopo-no-graphics > /dev/null || { echo "lstopo-no-graphics is missing: apt-get install hwloc-nox" >&2; exit 69; }
[ -x "$assay" ] || { echo "$assay is missing: swift build -c release, or set ASSAY" >&2; exit 66; }

times=$(mktemp -d)
trap 'rm -r "$times"' EXIT

# Microseconds of wall time, appended to the file $1.
clock() {
    file=$1
    shift
    start=$(date +%s%N)
    "$@" > /dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - start) / 1000)) >> "$file"
}

median() {
    sort -n "$1" | awk '{ v[NR] = $1 } END { printf "%.2f", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2000 }'
}

# A copy, as `make install` makes one: pages of a file that a linker has written are mapped one by one.
cp "$assay" "$times/executable"
assay=$times/executable

# The first of each fills the page cache and is thrown away.
"$assay" probe --json > /dev/null
lstopo-no-graphics --of xml > /dev/null
pair=0
while [ "$pair" -lt "$pairs" ]; do
    clock "$times/assay" "$assay" probe --json
    clock "$times/lstopo" lstopo-no-graphics --of xml
    pair=$((pair + 1))
done

a=$(median "$times/assay")
l=$(median "$times/lstopo")
echo "assay probe --json             median $a ms of $pairs"
echo "lstopo-no-graphics --of xml    median $l ms of $pairs"
awk -v a="$a" -v l="$l" 'BEGIN { printf "ratio                          %.2f\n", a / l }'
