#!/usr/bin/env bash
# Installs the libraries that Assay needs and does not have, and says so. Without anything missing it touches nothing
# and needs no network. More packages may be named: scripts/dependencies.sh qemu-user-static
set -euo pipefail

needed=(libhwloc-dev libnuma-dev libsqlite3-dev pkg-config libopenblas0-pthread "$@")

missing() {
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -x installed >/dev/null || echo "$package"
    done
}

# Any oneDNN runtime will do; newer releases carry version 3, Debian 12 carries version 2.
# Not `grep -q` behind a pipe: it ends before the writer does, and pipefail takes that for a failure.
have_onednn() {
    ldconfig -p 2>/dev/null | grep -E 'libdnnl\.so\.[23]' >/dev/null || [ -n "${ASSAY_ONEDNN:-}" ]
}

if ! command -v swift >/dev/null; then
    echo "A Swift 6.2 (or newer) toolchain is needed: https://www.swift.org/install/linux/" >&2
    exit 69
fi
if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian; make sure that these are there: hwloc and libnuma (with headers), pkg-config," >&2
    echo "SQLite (with headers), oneDNN (libdnnl.so.2 or .so.3), a CBLAS (libopenblas.so.0 or another)." >&2
    exit 0
fi

mapfile -t absent < <(missing "${needed[@]}")
want_onednn=no
have_onednn || want_onednn=yes
[ "${#absent[@]}" -eq 0 ] && [ "$want_onednn" = no ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
    echo "Installing needs root: sudo will ask."
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
if [ "$want_onednn" = yes ]; then
    for package in libdnnl3.7 libdnnl3.6 libdnnl3 libdnnl2; do
        if apt-cache policy "$package" 2>/dev/null | grep 'Candidate: [0-9]' >/dev/null; then
            absent+=("$package")
            break
        fi
    done
    [[ " ${absent[*]} " == *" libdnnl"* ]] ||
        echo "No package of oneDNN was found: its cases will be skipped. Name a library with ASSAY_ONEDNN=PATH." >&2
fi
[ "${#absent[@]}" -gt 0 ] || exit 0
echo "Installing: ${absent[*]}"
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${absent[@]}" >/dev/null
