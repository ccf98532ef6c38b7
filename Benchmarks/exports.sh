#!/usr/bin/env bash
# Each export, read by the tool it is for. Usage: Benchmarks/exports.sh [BUNDLE]
# Needs promtool (Debian's prometheus) and from PyPI: jsonschema prometheus_client huggingface_hub pyyaml wandb
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"
assay=${ASSAY:-.build/release/assay}
bundle=${1:-Reports/amd-epyc-2c}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for format in csv benchstat google-benchmark github-bigger-is-better github-smaller-is-better bencher openmetrics model-index mlperf-system wandb; do
    "$assay" export "$bundle" --to "$format" --output "$work/$format" >/dev/null
done
promtool check metrics <"$work/openmetrics" && echo "openmetrics       promtool: no finding"
python3 Benchmarks/exports/check.py "$work"
mkdir "$work/run" && cp "$work/wandb" "$work/run/log.py"
here=$PWD
(cd "$work/run" && WANDB_MODE=offline WANDB_SILENT=true python3 log.py --project assay --bundle "$here/$bundle" &&
    echo "wandb             offline run of $(find wandb -name '*.wandb' -printf '%s') bytes, artifact of $(find wandb -path '*files*' -type f | wc -l) files")
if command -v benchstat >/dev/null; then benchstat "$work/benchstat"; else echo "benchstat         not installed; its grammar is checked by check.py and by the tests"; fi
