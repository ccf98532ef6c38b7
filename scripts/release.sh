#!/usr/bin/env bash
# Builds the release executable, with what makes a short command start sooner: types are asked for directly in packages
# too (Package.swift says why), and SQLite goes into the executable where its archive is there.
set -euo pipefail
scripts/archives.sh .build/archives
flags=(-Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors)
sqlite=.build/archives/libsqlite3.a
if [ -e "$sqlite" ]; then
    export ASSAY_ARCHIVES=$sqlite
    flags+=(-Xswiftc -Xfrontend -Xswiftc -disable-autolink-library -Xswiftc -Xfrontend -Xswiftc sqlite3)
fi
exec swift build -c release --product assay --static-swift-stdlib --disable-local-rpath "${flags[@]}"
