import Model
import Units

// Memory, and the nodes it is divided into.
extension Claims {
    /// One node where the cores that are shown cannot lie behind one memory controller alone.
    var numaNodes: Claim? {
        guard topology.numaNodes.count == 1 else { return nil }
        if topology.packages > 1, !hasInventedPackages {
            return Claim(
                subject: "NUMA nodes", claimed: "1 node",
                visible: "\(topology.packages) packages: each has memory of its own",
                evidence: "hwloc topology; /sys/devices/system/node")
        }
        guard isGuest, let part, topology.cores > part.mostCores * coresPerCore else { return nil }
        return Claim(
            subject: "NUMA nodes", claimed: "1 node of \(Self.counted(topology.cores, "core"))",
            visible: "a part with at most \(part.mostCores) cores in a package: several packages stand behind it",
            evidence: "hwloc topology; \(identity)")
    }

    var memoryOfHwloc: Claim? {
        guard let kernel = memory.kernelBytes.value, let hwloc = memory.hwlocBytes.value, kernel > 0 else { return nil }
        let difference = Double(kernel) - Double(hwloc)
        guard difference.magnitude > 0.01 * Double(kernel) else { return nil }
        return Claim(
            subject: "memory size", claimed: Figures.bytes(kernel), visible: Figures.bytes(hwloc),
            evidence: "MemTotal of /proc/meminfo against the sum of hwloc's NUMA nodes")
    }

    /// Firmware and kernel keep a few percent for themselves; a tenth is more than that.
    var memoryOfTheInstance: Claim? {
        guard let cloud, let told = cloud.memoryBytes.value, let kernel = memory.kernelBytes.value,
            Double(kernel) < 0.9 * Double(told)
        else { return nil }
        return Claim(
            subject: "memory of the instance", claimed: Figures.bytes(told), visible: Figures.bytes(kernel),
            evidence: "metadata service of \(cloud.provider); MemTotal of /proc/meminfo")
    }

    var memoryLimit: Claim? {
        guard let limit = limits.memoryBytes.bound(), let kernel = memory.kernelBytes.value, limit < kernel else {
            return nil
        }
        return Claim(
            subject: "memory", claimed: Figures.bytes(kernel), visible: "\(Figures.bytes(limit)) may be used",
            evidence: "MemTotal of /proc/meminfo; "
                + (limits.controlGroupVersion.value == 1 ? "memory.limit_in_bytes" : "memory.max")
                + " of the control group")
    }
}
