#!/bin/sh
# Assay and its peers, alternately, in one go: PyTorch, OpenBLAS, likwid-bench, plain C loops. Prints a table in Markdown
# with both values and their ratio (Assay ÷ peer; above 1.00 Assay is faster).
#   Benchmarks/peers.sh [ASSAY] [--library BACKEND=PATH …] [--only TEXT] [GROUP …]
# Groups: matmul resnet50 embedding ceiling stream peak latency; default all. ROUNDS (default 5), SECONDS_EACH (default 0.3),
# THREADS (default all). All threads are pinned, one a core, and spin; PyTorch is stopped while Assay measures.
# `make peers` installs the peers.
set -eu
assay=${1:-.build/release/assay}
[ $# -eq 0 ] || shift
peers=${PEERS:-.build/peers}
[ -x "$peers/venv/bin/python" ] || { echo "the peers are missing: make peers" >&2; exit 69; }
exec "$peers/venv/bin/python" Benchmarks/peers/compare.py --assay "$assay" --peers "$peers" "$@"
