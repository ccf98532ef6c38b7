#!/bin/sh
# Times `assay probe --topology FILE --xml` against `lstopo-no-graphics -i FILE --of xml`, which does the same, on a machine
# of 2 sockets and 192 cores.
#   Benchmarks/topology.sh [ASSAY [PAIRS]]        ASSAY: the executable, also from the environment
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

machine=$times/machine.xml
lstopo-no-graphics -i 'pack:2 [numa(memory=384GB)] l3:12 l2:8 l1d:1 l1i:1 core:1 pu:2' --of xml --force "$machine"

# The first of each fills the page cache and is thrown away; both must have read the whole machine.
for output in "$("$assay" probe --topology "$machine" --xml)" "$(lstopo-no-graphics -i "$machine" --of xml)"; do
    units=$(echo "$output" | grep -c 'type="PU"')
    [ "$units" = 384 ] || { echo "topology.sh: $units processing units instead of 384" >&2; exit 70; }
done

pair=0
while [ "$pair" -lt "$pairs" ]; do
    clock "$times/xml" "$assay" probe --topology "$machine" --xml
    clock "$times/lstopo" lstopo-no-graphics -i "$machine" --of xml
    clock "$times/json" "$assay" probe --topology "$machine" --json
    pair=$((pair + 1))
done

l=$(median "$times/lstopo")
echo "lstopo-no-graphics -i FILE --of xml     median $l ms of $pairs"
for form in xml json; do
    a=$(median "$times/$form")
    printf 'assay probe --topology FILE --%-9s median %s ms of %s' "$form" "$a" "$pairs"
    awk -v a="$a" -v l="$l" 'BEGIN { printf "    ratio %.2f\n", a / l }'
done
