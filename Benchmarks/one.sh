#!/bin/sh
# Measures one case in one process with Assay and prints the median seconds of one iteration: the ASSAY_ONE of kernels.sh.
#   one.sh matmul M N K THREADS
#   one.sh convolution BATCH CHANNELS HEIGHT WIDTH FILTERS FILTERHEIGHT FILTERWIDTH STRIDE PADDING THREADS
set -eu
assay=${ASSAY:-.build/release/assay}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
case $1 in
    matmul) shape="{m: $2, n: $3, k: $4}" threads=$5 ;;
    convolution)
        shape="{batch: $2, channels: $3, height: $4, width: $5, filters: $6, filterHeight: $7, filterWidth: $8"
        shape="$shape, stride: $9, padding: ${10}}" threads=${11} ;;
    *) echo "one.sh: no kernel $1" >&2; exit 64 ;;
esac
cat > "$work/one.yaml" <<YAML
workloads: [{name: one, kernel: $1, shape: $shape}]
suite: one
rules: {processes: 1, processTime: 1s, sampleTime: 1ms, sampleTarget: 0.01%}
cases: [{workload: one, threads: [$threads]}]
YAML
"$assay" run "$work/one.yaml" --no-history --output "$work/run" > "$work/out" 2>&1 || { cat "$work/out" >&2; exit 70; }
# {"case":"…","index":0,"iterations":4,"process":0,"seconds":0.0123}
sed 's/.*"iterations":\([0-9]*\).*"seconds":\([-+0-9.eE]*\).*/\2 \1/' "$work/run/samples.jsonl" |
    awk '{ printf "%.9g\n", $1 / $2 }' | sort -g |
    awk '{ v[NR] = $1 } END { if (!NR) exit 1; printf "%.9g\n", (v[int((NR + 1) / 2)] + v[int((NR + 2) / 2)]) / 2 }'
