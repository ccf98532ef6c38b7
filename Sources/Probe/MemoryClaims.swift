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

    /// What the metadata service says the instance has, or else its type's name. Firmware and kernel keep a few percent for
    /// themselves, of a small machine more; a tenth of 4 GiB is beyond that.
    var memoryOfTheInstance: Claim? {
        guard let cloud, let kernel = memory.kernelBytes.value, let told = memoryTold(cloud),
            Double(kernel) < 0.9 * Double(told.bytes)
        else { return nil }
        return Claim(
            subject: "memory of the instance", claimed: Figures.bytes(told.bytes), visible: Figures.bytes(kernel),
            evidence: "\(told.evidence); MemTotal of /proc/meminfo")
    }

    private func memoryTold(_ cloud: Cloud) -> (bytes: UInt64, evidence: String)? {
        if let bytes = cloud.memoryBytes.value { return (bytes, "metadata service of \(cloud.provider)") }
        guard let type = cloud.instanceType.value, let size = InstanceFamilies.size(type), size.bytes >= 4 << 30 else {
            return nil
        }
        let each = Figures.bytes(UInt64(size.gibibytesEach * 0x1p30))
        return (size.bytes, "instance type \(type) of \(cloud.provider): \(size.vCPUs) vCPUs of \(each) each")
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
