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
lstopo-no-graphics -i gpu-plugins.xml --of xml --export-xml-flags v1 --force old-format-devices.xml

# What is left when a control group allows half of the machine.
lstopo-no-graphics -i two-sockets.xml --restrict 0x000000ff --restrict-flags 0 --of xml --force restricted.xml

# What somebody knew of a machine and wrote down: kinds of memory and their attributes, kinds of cores, distances.
annotate() { # location and annotation, on the file $name
    hwloc-annotate "$name.xml" "$name.xml" "$@"
}
name=annotated
cp two-memories.xml $name.xml
for node in 0 2; do
    annotate numa:$node subtype DRAM
    annotate numa:$node memattr Bandwidth package:$((node / 2)) 200000
    annotate numa:$node memattr Bandwidth package:$((1 - node / 2)) 80000
    annotate numa:$node memattr Latency package:$((node / 2)) 110
done
for node in 1 3; do
    annotate numa:$node subtype HBM
    annotate numa:$node memattr Bandwidth package:$((node / 2)) 800000
    annotate numa:$node info MemoryTier 0
done
annotate root memattr Endurance 1
annotate numa:0 memattr Endurance none 7
annotate root cpukind 0x000000ff 0 0 CoreType IntelAtom
annotate root cpukind 0x000000ff 0 0 FrequencyMaxMHz 3800
annotate root cpukind 0x000000ff 0 0 FrequencyBaseMHz 2000
annotate root cpukind 0x0000ff00 1 0 CoreType IntelCore
annotate root cpukind 0x0000ff00 1 0 FrequencyMaxMHz 5200
matrix=$(mktemp)
printf 'name=PackageHops\n6\n2\npackage:0\npackage:1\n0\n3\n3\n0\n' > "$matrix"
annotate root distances "$matrix"
rm "$matrix"

# gpu-plugins.xml is made by hand: what the plugins for NVML, CUDA, OpenCL, ROCm SMI and Level Zero add where there are such
# devices, with matrices between them, and identifiers that must not be repeated.

# What captured machines come to: CPU kinds, distances, devices, memory without cores.
for tree in ../machines/*.tree; do
    name=$(basename "$tree" .tree)
    root=$(mktemp -d)
    ../unpack.sh "$tree" "$root"
    HWLOC_KEEP_NVIDIA_GPU_NUMA_NODES=1 HWLOC_FSROOT=$root HWLOC_COMPONENTS=linux,stop lstopo-no-graphics --of xml --force "captured-$name.xml"
    rm -r "$root"
done

types="Machine Package Die Group Core PU L5Cache L4Cache L3Cache L2Cache L1Cache L1iCache NUMANode MemCache Bridge PCI OSDev Misc"
for file in *.xml; do
    for type in $types; do
        echo "$type $(lstopo-no-graphics -i "$file" --only "$type" | wc -l)"
    done > "${file%.xml}.counts"
done
