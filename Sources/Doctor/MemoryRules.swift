import Model
import Units

extension Doctor {
    @Sendable static func memory(_ e: Examination) -> [Entry] {
        let subject = Subject("memory", .memory, "memory")
        let available = e.machine.memory.availableBytes
        let total = e.machine.memory.kernelBytes
        guard let free = available.value ?? total.value else {
            return [subject.omitted(available.reason ?? "not known")]
        }
        var seen = available.value.map { "\(Figures.bytes($0)) free" } ?? "how much is free is not known"
        if let total = total.value { seen += " of \(Figures.bytes(total))" }
        var room = free
        if let limit = e.memoryLimit {
            seen += ", at most \(Figures.bytes(limit)) for this control group"
            room = min(room, limit)
        }
        guard room < DoctorBounds.memory else { return [subject.available(seen)] }
        let isLimit = e.memoryLimit.map { $0 < free } ?? false
        return [
            subject.degraded(
                "\(seen): large cases are scaled down or skipped",
                isLimit
                    ? e.unlimited(docker: "--memory=-1 --memory-swap=-1", kubernetes: "--limits=memory=4Gi")
                    : .nothing("end what uses memory, or take a larger machine"))
        ]
    }

    /// Assay's buffers ask for huge pages themselves; libraries get them where the setting says `always`.
    @Sendable static func transparentHugePages(_ e: Examination) -> [Entry] {
        let subject = Subject("transparentHugePages", .memory, "transparent huge pages")
        let place = "/sys/kernel/mm/transparent_hugepage/enabled"
        switch e.tunable("transparentHugePages") {
        case .unknown(let reason):
            return [subject.unavailable(reason, .nothing("this kernel has none, or hides them"))]
        case .known("never"):
            return [
                subject.degraded("never: buffers lie on pages of 4 KiB or so", e.write("madvise", to: place))
            ]
        case .known(let word): return [subject.available(word)]
        }
    }

    @Sendable static func hugePages(_ e: Examination) -> [Entry] {
        let subject = Subject("hugePages", .memory, "reserved huge pages")
        let memory = e.machine.memory
        guard let count = memory.hugePages.value else {
            return [subject.unavailable(memory.hugePages.reason ?? "not told", .nothing("this kernel has none"))]
        }
        let size = memory.hugePageBytes.value.map { " of \(Figures.bytes($0))" } ?? ""
        guard count > 0 else {
            return [subject.unavailable("none\(size); no case needs them", e.asRoot("sysctl vm.nr_hugepages=512"))]
        }
        return [subject.available("\(count)\(size)")]
    }

    @Sendable static func lockedMemory(_ e: Examination) -> [Entry] {
        let subject = Subject("lockedMemory", .memory, "locked memory")
        let bytes: UInt64
        switch e.lockedMemory {
        case .unlimited: return [subject.available("unlimited")]
        case .unknown(let reason): return [subject.omitted(reason)]
        case .at(let value): bytes = value
        }
        let seen = "at most \(Figures.bytes(bytes))"
        if e.surroundings.isRoot.value == true, e.surroundings.container == nil {
            return [subject.available("\(seen), which does not bind root")]
        }
        guard bytes < DoctorBounds.lockedMemory else { return [subject.available(seen)] }
        let mend: Mend =
            switch e.surroundings.container {
            case "docker", "podman":
                .command(
                    "\(e.surroundings.container ?? "docker") run --ulimit memlock=-1 IMAGE assay run standard",
                    on: .host)
            case .some: .nothing("the container's limit: whoever started it can change it")
            case .none: .command("sudo prlimit --memlock=unlimited --pid $$", on: .here)
            }
        return [subject.degraded("\(seen): too little for the buffers of counters and devices", mend)]
    }
}
