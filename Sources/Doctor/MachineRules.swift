import Model
import Units

extension Doctor {
    static let replayed = "captured files are replayed"

    @Sendable static func topology(_ e: Examination) -> [Entry] {
        let subject = Subject("topology", .machine, "topology")
        let topology = e.machine.topology
        let levels = Set(topology.caches.map(\.level)).sorted()
        let shown = [
            (topology.cores, "core"), (topology.processingUnits, "processing unit"),
            (topology.numaNodes.count, "NUMA node"),
        ].filter { $0.0 > 0 }.map { Phrase.count($0.0, $0.1) }
        let caches = levels.isEmpty ? [] : ["caches L\(levels.map(String.init).joined(separator: ", L"))"]
        let missing = [
            topology.cores == 0 ? "cores" : nil, topology.caches.isEmpty ? "caches" : nil,
            topology.numaNodes.isEmpty ? "NUMA nodes" : nil,
        ].compactMap { $0 }
        let seen = (shown + caches).joined(separator: ", ")
        guard !missing.isEmpty else { return [subject.available(seen)] }
        return [
            subject.degraded(
                "\(seen); not shown: \(missing.joined(separator: ", "))",
                e.onHardware("them", else: .nothing("this kernel does not show them under /sys/devices/system")))
        ]
    }

    @Sendable static func accelerators(_ e: Examination) -> [Entry] {
        let subject = Subject("gpu", .machine, "GPU")
        // What computes, each once, whoever told of it; a management controller's display adapter is none.
        let devices = e.machine.accelerators
        guard !devices.isEmpty else {
            switch e.machine.acceleratorsNote {
            case .unknown(let reason): return [subject.omitted(reason)]
            case .known(let note): return [subject.unavailable(note, .nothing("it takes a machine that has one"))]
            }
        }
        var names: [String] = []
        for device in devices where !names.contains(device.title) { names.append(device.title) }
        let seen = "\(Phrase.count(devices.count, "device")): \(names.prefix(4).joined(separator: ", "))"
        guard let cuda = e.live?.backends.first(where: { $0.backend == .cuda }) else {
            return [subject.available("\(seen); whether kernels run on it is not tried")]
        }
        if cuda.isAvailable { return [subject.available("\(seen); \(cuda.detail)")] }
        return [subject.degraded("\(seen); described, not measured", .nothing(cuda.detail))]
    }

    @Sendable static func frequency(_ e: Examination) -> [Entry] {
        let subject = Subject("frequency", .machine, "frequency")
        let processor = e.machine.processor
        let stated = [("nominal", processor.nominalFrequency), ("at most", processor.maximumFrequency)]
            .compactMap { word, value in value.value.map { "\(word) \(Figures.quantity($0, .hertz))" } }
        let driver = processor.architecture == "aarch64" ? "cppc_cpufreq" : "acpi_cpufreq"
        let mend = e.onHardware("frequencies", else: e.asRoot("modprobe \(driver)"))
        switch e.watch.frequency {
        case .known(let now):
            return [subject.available(([Figures.quantity(now, .hertz) + " now"] + stated).joined(separator: ", "))]
        case .unknown(let reason):
            guard !stated.isEmpty else { return [subject.unavailable(reason, mend)] }
            return [subject.degraded("\(stated.joined(separator: ", ")); what runs now is hidden: \(reason)", mend)]
        }
    }

    @Sendable static func cloud(_ e: Examination) -> [Entry] {
        let subject = Subject("cloud", .machine, "cloud metadata")
        guard let cloud = e.machine.cloud.value else {
            if !e.asksCloud, e.live != nil { return [subject.omitted("--no-cloud-metadata was given")] }
            let reason = e.machine.cloud.reason ?? "this machine is in no cloud that Assay knows"
            return [subject.unavailable(reason, .nothing("no provider is known to ask"))]
        }
        guard let type = cloud.instanceType.value else {
            let reason = cloud.instanceType.reason ?? "not told"
            return [
                subject.degraded(
                    "\(cloud.provider), instance type unknown: \(reason)",
                    e.asksCloud
                        ? .nothing("the metadata service tells no more")
                        : .command("assay doctor", on: .here))
            ]
        }
        let place = cloud.region.value.map { ", \($0)" } ?? ""
        return [subject.available("\(cloud.provider), \(type)\(place)")]
    }
}
