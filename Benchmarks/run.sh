#!/bin/sh
# The main job as a whole: wall time of `assay run quick`, what the clock takes of a sample, and how much memory the
# coordinator and the workers need.
#   Benchmarks/run.sh [ASSAY]
set -eu
assay=${1:-${ASSAY:-.build/release/assay}}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

start=$(date +%s%N)
"$assay" run quick --no-history --output "$work/run" > "$work/out" 2>&1 &
pid=$!
coordinator=0
while kill -0 "$pid" 2> /dev/null; do
    now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2> /dev/null || true)
    coordinator=${now:-$coordinator}
    sleep 0.5
done
wait "$pid" || { cat "$work/out" >&2; exit 70; }
end=$(date +%s%N)
echo "$start $end" | awk '{ printf "quick: wall time                     %6.1f s     goal 60 s\n", ($2 - $1) / 1e9 }'
awk -v k="$coordinator" 'BEGIN { printf "coordinator: peak resident memory    %6.1f MiB   goal 100 MiB\n", k / 1024 }'

# One line a process, in the order of the file: peakMemory comes before work's footprint (keys are sorted).
awk -F'[:,]' '
    /"processes" : \[/ { inside = 1 }
    inside && /"peakMemory"/ { peak = $2 }
    inside && /"footprint"/ { over = (peak - $2) / 1048576; if (over > worst) worst = over }
    END { printf "worker: most above its operands      %6.1f MiB   goal 64 MiB\n", worst }' "$work/run/bundle.json"

read=$(sed -n 's/.*"readCost" : \([-+0-9.eE]*\).*/\1/p' "$work/run/bundle.json")
sed 's/.*"seconds":\([-+0-9.eE]*\).*/\1/' "$work/run/samples.jsonl" | sort -g | head -1 |
    awk -v r="$read" '{ printf "clock: largest share of a sample     %6.4f %%     goal 0.1 %%\n", r / $1 * 100 }'

time_of() {
    # User and system time of $@, milliseconds, least of nine: the CPU time it needs when nothing disturbs it.
    for _ in 1 2 3 4 5 6 7 8 9; do
        bash -c 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2>&1' sh "$@" 2>&1
    done | awk '{ t = ($1 + $2) * 1000; if (NR == 1 || t < least) least = t } END { printf "%6.1f", least }'
}
echo "assay --help: CPU time               $(time_of "$assay" --help) ms    goal 30 ms"
