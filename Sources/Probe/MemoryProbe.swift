import Model
import SystemFiles

/// What files tell of memory, before anything else is known of the machine.
struct MemoryFiles: Sendable {
    fileprivate let table: MemoryTable
    fileprivate let firmware: FirmwareTable
    fileprivate let total: FirmwareMemory
    fileprivate let pages: HugePages
    fileprivate let nodes: MemoryNodes

    init(_ files: SystemFiles) {
        table = MemoryTable(files)
        firmware = FirmwareTable(files)
        total = FirmwareMemory(files, firmware)
        pages = HugePages(files)
        nodes = MemoryNodes(files, pages)
    }
}

extension Memory {
    init(
        _ files: SystemFiles, _ read: MemoryFiles, _ topology: Topology, _ processor: Processor, _ options: ProbeOptions
    ) {
        let table = read.table
        let firmware = read.firmware
        let total = read.total
        let pages = read.pages
        let nodes = read.nodes
        let detection = ErrorDetection(files, vendor: processor.vendor, hypervisor: processor.hypervisor)
        let modules = firmware.modules(withIdentifiers: options.includesIdentifiers)
        self.init(
            firmwareBytes: total.bytes, firmwareSource: total.source, kernelBytes: table.bytes("MemTotal"),
            hwlocBytes: Self.hwlocBytes(topology), availableBytes: table.bytes("MemAvailable"),
            swapBytes: table.bytes("SwapTotal"), freeSwapBytes: table.bytes("SwapFree"),
            hugePageBytes: table.bytes("Hugepagesize"), hugePages: table.number("HugePages_Total"),
            hugePagePools: pages.pools, nodes: nodes.nodes,
            policy: files.isLive ? NumaLibrary.policy() : .unknown("not known from captured files"),
            modules: modules, arrays: firmware.arrays,
            channels: detection.channels.value == nil ? firmware.channels : detection.channels,
            errorCorrection: Self.errorCorrection(firmware, detection), controllers: detection.controllers)
        let differences = MemoryDifferences(topology: topology, allowed: Self.allowedNodes(files))
        var sentences = differences.sentences(self, nodesFrom: nodes.witness)
        if let fault = firmware.memory.value?.fault {
            sentences.append("SMBIOS cannot be read to its end: \(fault). What stands before it is used.")
        }
        if options.isDeep {
            let offline = FirmwareMemory.offlineBlocks(files)
            let blocks = offline == 1 ? "1 memory block is" : "\(offline) memory blocks are"
            if offline > 0 { sentences.append("\(blocks) there and switched off.") }
        }
        self.differences = .known(sentences)
    }

    /// What corrects errors, by whom it is told; both witnesses where there are two.
    private static func errorCorrection(_ firmware: FirmwareTable, _ detection: ErrorDetection) -> Reported<String> {
        let arrays = firmware.memory.value?.arrays.compactMap(\.errorCorrection.value) ?? []
        let controllers = detection.controllers.value?.compactMap(\.errorCorrection.value) ?? []
        let told = [("SMBIOS", arrays), ("EDAC", controllers)].compactMap { witness, words -> String? in
            let distinct = words.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            return distinct.isEmpty ? nil : "\(distinct.joined(separator: " and ")) (\(witness))"
        }
        guard told.isEmpty else { return .known(told.joined(separator: ", ")) }
        return .unknown(firmware.memory.reason ?? detection.controllers.reason ?? "neither SMBIOS nor EDAC says")
    }

    /// `0-1,4`; `nil` where it cannot be read.
    private static func allowedNodes(_ files: SystemFiles) -> Set<Int>? {
        let key = "Mems_allowed_list:"
        let line = files.text("/proc/self/status").value?.lines.first { $0.hasPrefix(key) }
        guard let list = line?.dropFirst(key.count).trimmed else { return nil }
        var nodes: Set<Int> = []
        for part in list.split(separator: ",") {
            let ends = part.split(separator: "-").map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, first >= 0, last < 1 << 12
            else { return nil }
            nodes.formUnion(first...last)
        }
        return nodes
    }

    /// Sum over the nodes; what is not known is not zero.
    static func hwlocBytes(_ topology: Topology) -> Reported<UInt64> {
        let sum = topology.numaNodes.reduce(UInt64(0)) { sum, node in
            let (value, overflow) = sum.addingReportingOverflow(node.bytes)
            return overflow ? .max : value
        }
        return sum == 0 ? .unknown("hwloc knows the size of no node") : .known(sum)
    }
}

/// /proc/meminfo, by key.
private struct MemoryTable: Sendable {
    private let values: [String: String]
    private let problem: String?

    init(_ files: SystemFiles) {
        switch files.text("/proc/meminfo") {
        case .unknown(let reason): (values, problem) = ([:], reason)
        case .known(let text):
            problem = nil
            values = text.lines.reduce(into: [:]) { values, line in
                if let (key, value) = line.keyed(":") { values[key] = value }
            }
        }
    }

    func number(_ key: String) -> Reported<Int> {
        guard let text = values[key] else { return .unknown(problem ?? "/proc/meminfo has no \(key)") }
        let number = text.words.first.flatMap { Int($0) }
        return Reported(number.flatMap { $0 < 0 ? nil : $0 }, else: "/proc/meminfo: \(key) is no number")
    }

    /// The kernel writes `kB` and means KiB.
    func bytes(_ key: String) -> Reported<UInt64> {
        switch number(key) {
        case .unknown(let reason): return .unknown(reason)
        case .known(let number):
            let (bytes, overflow) = UInt64(number).multipliedReportingOverflow(by: 1024)
            return overflow ? .unknown("/proc/meminfo: \(key) is too large") : .known(bytes)
        }
    }
}
