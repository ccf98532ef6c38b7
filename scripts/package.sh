#!/usr/bin/env bash
# Packs the release executable and the libraries it needs, but glibc's, into one archive that runs on any recent glibc
# Linux without Swift: unpack anywhere, run ./assay. Compute libraries are what is measured, so a machine's own come first;
# for a machine without any, the archive carries this one's oneDNN and OpenBLAS in lib/compute.
#   scripts/package.sh EXECUTABLE [DIRECTORY]
set -euo pipefail
executable=$1
target=${2:-.build/package}
name="assay-$("$executable" --version | sed -E 's/^assay ([^,]*), commit ([^ ]*).*/\1-\2/')-$(uname -m)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/$name/lib" "$target"
command -v patchelf > /dev/null || "$(dirname "$0")/dependencies.sh" patchelf
install -m 755 "$executable" "$work/$name/assay"
strip --strip-all "$work/$name/assay"

# glibc belongs to the machine; everything else that the loader found goes into lib/, where the executable looks first.
ldd "$executable" | awk '/=> \// { print $1, $3 }' |
    grep -vE '^(libc|libm|libdl|libpthread|librt|libresolv|libutil|ld-linux[^ ]*)\.so' |
    while read -r soname path; do install -m 755 "$(readlink -f "$path")" "$work/$name/lib/$soname"; done

# Each with what it needs in turn, found beside itself and nowhere else on the executable's way.
mkdir "$work/$name/lib/compute"
for wanted in libdnnl.so.3 libdnnl.so.2 libopenblas.so.0; do
    path=$(ldconfig -p | awk -v n="$wanted" '$1 == n { print $NF; exit }')
    [ -n "$path" ] || continue
    { echo "$wanted $path"; ldd "$path" | awk '/=> \// { print $1, $3 }'; } |
        grep -vE '^(libc|libm|libdl|libpthread|librt|ld-linux[^ ]*)\.so' |
        while read -r soname file; do
            [ -e "$work/$name/lib/compute/$soname" ] ||
                install -m 755 "$(readlink -f "$file")" "$work/$name/lib/compute/$soname"
        done
done
find "$work/$name/lib/compute" -type f -exec patchelf --set-rpath '$ORIGIN' {} +
cp LICENSE "$work/$name/"

tar -C "$work" --owner=0 --group=0 --sort=name -c "$name" | xz -6 -T0 > "$target/$name.tar.xz"
bytes=$(stat -c %s "$target/$name.tar.xz")
glibc=$(find "$work/$name" -type f -exec readelf -V {} + 2> /dev/null | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1)
echo "$bytes ${glibc#GLIBC_}" |
    awk -v p="$target/$name.tar.xz" '{ printf "package    %s\nsize       %.1f MiB compressed, needs glibc %s or newer\n", p, $1 / 1048576, $2 }'
[ "$bytes" -le $((40 << 20)) ] || { echo "larger than 40 MiB" >&2; exit 1; }
