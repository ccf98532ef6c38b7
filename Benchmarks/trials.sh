#!/bin/sh
# Makes the tables of docs/METHODOLOGY.md again: coverage of printed intervals on made-up streams (seeded), and stopping
# rules on recorded samples.
#   Benchmarks/trials.sh [REPETITIONS [SEED]]
set -eu
cd "$(dirname "$0")/.."
swift build -c release --product TrialsCommand >&2
.build/release/TrialsCommand coverage "${1:-2000}" "${2:-1}"
series=Benchmarks/series.csv
[ -e "$series" ] || { echo "trials.sh: no $series; Benchmarks/record-series.sh records it" >&2; exit 0; }
echo
.build/release/TrialsCommand cheap "$series"
