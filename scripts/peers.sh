#!/usr/bin/env bash
# Installs what Benchmarks/peers.sh compares with: PyTorch (a wheel without CUDA where there is one), likwid-bench and a C
# compiler. Nothing else in the project needs any of it.
set -euo pipefail
folder=${1:-.build/peers}

needed=()
command -v likwid-bench >/dev/null || needed+=(likwid)
command -v gcc >/dev/null || needed+=(gcc)
python3 -c 'import ensurepip' 2>/dev/null || needed+=(python3-venv)
if [ "${#needed[@]}" -gt 0 ]; then
    as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    echo "Installing: ${needed[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
fi

[ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
if ! "$folder/venv/bin/python" -c 'import torch, numpy' 2>/dev/null; then
    echo "Installing PyTorch into $folder/venv"
    "$folder/venv/bin/pip" install -q numpy 'torch==2.13.0+cpu' || "$folder/venv/bin/pip" install -q numpy torch
fi
# A newer oneDNN than Debian 12 has, for `Benchmarks/peers.sh ASSAY --library onednn=.build/peers/onednn/libdnnl.so.3`.
if [ ! -e "$folder/onednn/libdnnl.so.3" ] && [ "$(uname -m)" = x86_64 ]; then
    work=$(mktemp -d)
    "$folder/venv/bin/pip" download -q --no-deps -d "$work" onednn-cpu-gomp
    mkdir -p "$folder/onednn"
    python3 -m zipfile -e "$work"/onednn_cpu_gomp*.whl "$work/wheel"
    cp "$(find "$work/wheel" -name libdnnl.so.3 | head -1)" "$folder/onednn/"
    rm -rf "$work"
fi
mkdir -p "$folder/bin"
gcc -O3 -march=native -fopenmp -o "$folder/bin/loops" Benchmarks/peers/loops.c
gcc -O2 -o "$folder/bin/openblas" Benchmarks/peers/openblas.c -ldl
