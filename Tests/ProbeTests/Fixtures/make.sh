#!/bin/sh
# Makes the topology fixtures anew, and what lstopo and hwloc-info say of each: the text oracle of the tests.
# Needs Debian's hwloc-nox. Run it in this folder; the result is committed.
set -eu
export HWLOC_DONT_ADD_VERSION_INFO=1
mkdir -p topologies
cd topologies

make() { # name, synthetic description
    lstopo-no-graphics --no-io -i "$2" --of xml --force "$1.xml"
}

make smt "pack:1 l3:1 l2:4 l1d:1 l1i:1 core:1 pu:2"
make no-smt "pack:1 l3:1 l2:8 l1d:1 core:1 pu:1"
make two-sockets "pack:2 numa:2 l3:1 core:8 pu:2"
make many-packages "pack:8 [numa(memory=16GB)] l3:1 core:4 pu:1"
make dies "pack:2 die:2 [numa(memory=32GB)] l3:2 l2:4 core:1 pu:2"
make groups "group:2 pack:2 [numa] group:2 l3:1 core:2 pu:2"
make memory-at-machine "[numa(memory=8GB)] pack:2 l3:1 core:2 pu:1"
make two-memories "pack:2 [numa(memory=64GB)] [numa(memory=16GB)] core:4 pu:2"
make cores-without-caches "pack:4 core:2 pu:1"
make processing-units-only "pu:6"
make big-cores "pack:2 [numa(memory=384GB)] l3:12 l2:8 l1d:1 l1i:1 core:1 pu:2"

# As hwloc 1.x wrote it: no version, memory as levels, caches without type.
lstopo-no-graphics -i two-sockets.xml --of xml --export-xml-flags v1 --force old-format.xml

# What is left when a control group allows half of the machine.
lstopo-no-graphics -i two-sockets.xml --restrict 0x000000ff --restrict-flags 0 --of xml --force restricted.xml

# What captured machines come to: CPU kinds, distances, devices, memory without cores.
for tree in ../machines/*.tree; do
    name=$(basename "$tree" .tree)
    root=$(mktemp -d)
    ../unpack.sh "$tree" "$root"
    HWLOC_FSROOT=$root HWLOC_COMPONENTS=linux,stop lstopo-no-graphics --of xml --force "captured-$name.xml"
    rm -r "$root"
done

types="Machine Package Die Group Core PU L5Cache L4Cache L3Cache L2Cache L1Cache L1iCache NUMANode MemCache Bridge PCI OSDev"
for file in *.xml; do
    for type in $types; do
        echo "$type $(lstopo-no-graphics -i "$file" --only "$type" | wc -l)"
    done > "${file%.xml}.counts"
done
