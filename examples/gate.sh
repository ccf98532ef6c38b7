#!/usr/bin/env bash
# A regression gate, offline and in a few seconds: a base, a change that is the same, and one that is slower, by 20 % or
# what SLOWDOWN says; up to THRESHOLD (10 %) is let pass.
#   examples/gate.sh [ASSAY [SLOWDOWN [THRESHOLD]]]
set -uo pipefail
assay=$(realpath "${1:-.build/release/assay}")
slowdown=${2:-0.2}
threshold=${3:-10%}
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ASSAY_TEST_NULL=1 GITHUB_STEP_SUMMARY="$work/summary.md" GITHUB_ACTIONS=true

measure() { # NAME SLOWDOWN
    ASSAY_TEST_SLOWDOWN=$2 "$assay" run "$here/suite.yaml" --no-history --no-cloud-metadata --output "$work/$1" \
        > "$work/$1.log" 2>&1 || { cat "$work/$1.log" >&2; exit 70; }
}

check() { # NAME CODES…
    local name=$1 code=0
    shift
    "$assay" check "$work/$name" --baseline "$work/base" --max-regression "$threshold" > "$work/$name.txt" || code=$?
    echo "$name: exit code $code"
    [[ " $* " == *" $code "* ]] || { cat "$work/$name.txt"; exit 70; }
}

measure base 0
measure same 0
measure slower "$slowdown"
check same 0 3
check slower 1
echo
echo "The step summary that a pull request would show:"
cat "$work/summary.md"
