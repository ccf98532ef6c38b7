#!/bin/sh
# Everything that is promised about speed and size, measured. Nothing else should run on the machine meanwhile.
#   Benchmarks/all.sh [ASSAY]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
assay=${1:-.build/release/assay}
case $assay in /*) ;; *) assay=$(pwd)/$assay ;; esac
export ASSAY="$assay"
"$here/run.sh" "$assay"
"$here/probe.sh" "$assay"
"$here/topology.sh" "$assay"
"$here/render.sh" "$assay"
ASSAY_ONE="$here/one.sh" "$here/kernels.sh"
