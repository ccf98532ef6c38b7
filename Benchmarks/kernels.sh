#!/bin/sh
# Runs oneDNN called directly from C and the same library through Assay, alternately, and prints the ratio of their
# speeds (Assay ÷ direct; 1.00 is level, below it Assay is slower).
#
#   ROUNDS       how often each pair is run, default 7; the median ratio of the rounds is printed
#   THREADS      default: all
#   ONEDNN       the library for both, default Debian's libdnnl.so.2; MAJOR says which major it is, default 2
#   ASSAY_ONE    a command that measures one case in one process and prints the seconds of one iteration as the only line
#                on stdout. It is called with the same arguments as `direct` but the last: kernel, sizes, threads.
#                Without it only the direct side is run, and its seconds are printed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-7}
threads=${THREADS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

onednn=${ONEDNN:-/usr/lib/$(uname -m)-linux-gnu/libdnnl.so.2}
make -s -C "$here/direct" ONEDNN="$onednn" MAJOR="${MAJOR:-2}" OUTPUT="$work/direct"
export ASSAY_ONEDNN="$onednn"
# Threads stay where they are put, on both sides alike.
export OMP_NUM_THREADS="$threads" OMP_PROC_BIND=close OMP_PLACES=cores

median() { sort -g | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }

# pair NAME REPETITIONS KERNEL SIZES…
pair() {
    name=$1 repetitions=$2
    shift 2
    : > "$work/ratios"
    : > "$work/seconds"
    round=0
    while [ "$round" -lt "$rounds" ]; do
        direct=$("$work/direct" "$@" "$threads" "$repetitions")
        echo "$direct" >> "$work/seconds"
        if [ -n "${ASSAY_ONE:-}" ]; then
            assay=$($ASSAY_ONE "$@" "$threads")
            awk -v d="$direct" -v a="$assay" 'BEGIN { printf "%.4f\n", d / a }' >> "$work/ratios"
        fi
        round=$((round + 1))
    done
    if [ -n "${ASSAY_ONE:-}" ]; then
        printf '%-34s direct %s s   Assay ÷ direct %s\n' "$name" "$(median < "$work/seconds")" "$(median < "$work/ratios")"
    else
        printf '%-34s direct %s s\n' "$name" "$(median < "$work/seconds")"
    fi
}

pair 'matmul 1024³ f32' 50 matmul 1024 1024 1024
pair 'matmul 2048³ f32' 15 matmul 2048 2048 2048
pair 'convolution 64→64 56² 3×3 f32 ×8' 50 convolution 8 64 56 56 64 3 3 1 1
