import Document
import Model
import Units

extension Datasheet {
    /// §17: words, names, full configuration, and what may be done with this sheet.
    static func appendices(_ reading: Reading) -> Document.Section {
        Document.Section(
            number: Number.appendices, title: "Appendices",
            blocks: [
                .folded(title: "Glossary", blocks: [.definitions(glossary)]),
                .folded(title: "System description in MLPerf’s names", blocks: [.table(systemDescription(reading))]),
                .folded(
                    title: "Full configuration", blocks: [.table(configuration(reading)), .table(checks(reading))]),
                .folded(title: "Topology as a tree", blocks: [.tree(machineTree(reading.machine))]),
                .folded(title: "What this sheet supports in other frameworks", blocks: crosswalk),
            ] + identifiers(reading.machine) + [
                .folded(title: "Maintenance, errata, citation, licence", blocks: [maintenance(reading)])
            ])
    }

    /// MLPerf's vocabulary for systems, filled from what was probed.
    private static func systemDescription(_ reading: Reading) -> Document.Table {
        let machine = reading.machine
        let topology = machine.topology
        let nodes = max(topology.packages, 1)
        let hidden = machine.isVirtual ? "unknown: not visible to a guest" : "unknown: not probed"
        let caches = topology.caches.map { "\(cacheName($0)) \(cacheText($0))" }.joined(separator: ", ")
        let rows: [(String, String)] = [
            ("number_of_nodes", "1"), ("host_processor_model_name", machine.processor.model.text),
            ("host_processors_per_node", "\(topology.packages)"),
            ("host_processor_core_count", "\(topology.cores / nodes)"),
            ("host_processor_vcpu_count", machine.isVirtual ? "\(topology.processingUnits)" : "not a virtual machine"),
            ("host_processor_frequency", machine.processor.nominalFrequency.text { Figures.quantity($0, .hertz) }),
            ("host_processor_caches", caches.isEmpty ? "unknown: the topology shows none" : caches),
            ("host_memory_capacity", machine.memory.kernelBytes.text(Figures.bytes)),
            ("host_memory_configuration", machine.memory.modules.text(configuration)),
        ]
        let attached = (SystemDescription.storage(machine) + SystemDescription.network(machine)).map {
            ($0.name, $0.value)
        }
        let further: [(String, String)] = [
            ("cooling", hidden), ("operating_system", machine.software.operatingSystem.text),
            ("other_software_stack", softwareStack(machine.software)),
            ("power_management", powerManagement(machine.tunables)),
            ("framework", "Assay \(reading.bundle.tool.version)"), ("sw_notes", softwareNotes(machine.software)),
            ("hw_notes", machine.isVirtual ? "\(machine.processor.hypervisor.text) guest" : "bare metal or not told"),
        ]
        return Document.Table(
            caption: "The names are MLPerf’s, for readers who know them",
            columns: [Document.Column(""), Document.Column("")],
            rows: (rows + attached + further + acceleratorRows(machine)).map { [.text("\(code: $0.0)"), .data($0.1)] },
            notes: ["MLPerf-style, not MLPerf results."])
    }

    /// Kernel, C library, compilers and libraries whose versions are known.
    private static func softwareStack(_ software: Software) -> String {
        let compilers = (software.compilers.value ?? []).map { ($0.name, $0.version) }
        let named = [("kernel", software.kernel)] + compilers + software.libraries.map { ($0.name, $0.version) }
        let known = named.compactMap { name, version in version.value.map { "\(name) \($0)" } }
        return (known + [software.cLibrary.value].compactMap { $0 }).unique.joined(separator: ", ")
    }

    private static func powerManagement(_ tunables: [Tunable]) -> String {
        let names = [
            "governor", "scalingDriver", "energyPerformancePreference", "turbo", "powerLimitLongTerm",
            "platformProfile",
            "tunedProfile",
        ]
        let known = tunables.filter { names.contains($0.name) }.compactMap { tunable in
            tunable.value.value.map { "\(Words.setting(tunable.name)) \($0)" }
        }
        return known.isEmpty ? "unknown: no setting of it can be read" : known.joined(separator: ", ")
    }

    private static func softwareNotes(_ software: Software) -> String {
        let container = software.container.map { $0.isNone ? "no container" : "in \($0.runtime)" }
        let words = software.kernelCommandLine.value?.words ?? []
        let notes = [container.value, words.isEmpty ? nil : "kernel started with \(words.joined(separator: " "))"]
        return notes.contains { $0 != nil } ? notes.compactMap { $0 }.joined(separator: "; ") : "none"
    }

    /// Only where the bundle has them, which is where they were asked for.
    private static func identifiers(_ machine: Machine) -> [Document.Block] {
        guard let identifiers = machine.identifiers else { return [] }
        let rows = identifiers.map { ($0.name, Prose($0.value.text)) }
        return [.folded(title: "Identifiers", blocks: [.table(.facts("Recorded because they were asked for", rows))])]
    }

    private static func configuration(_ reading: Reading) -> Document.Table {
        let heads = [
            Document.Column("Case"), Document.Column("Identity"), Document.Column("Shape; operands"),
            Document.Column("Backend, scenario"),
            Document.Column("Threads", .number), Document.Column("Placement"), Document.Column("Operations", .number),
            Document.Column("Bytes", .number), Document.Column("FLOP/B", .number),
        ]
        let rows = reading.bundle.measurements.map { measurement -> [Document.Cell] in
            let planned = measurement.case
            let units = planned.placement.processingUnits.map(String.init).joined(separator: " ")
            return [
                .data(planned.workload), .text("\(code: planned.id)"), .data(planned.sizes),
                .data("\(planned.backend.rawValue), \(Words.setting(planned.scenario.rawValue))"),
                .number("\(planned.threads)"),
                .data(
                    "\(Words.setting(planned.placement.policy.rawValue)): \(units); \(planned.placement.memory.rawValue)"
                ),
                measurement.work.map { .number(Figures.quantity($0.flops, .flops)) } ?? .notApplicable,
                measurement.work.map { .number(Figures.quantity($0.bytes, Unit("B", prefixes: .decimal))) }
                    ?? .notApplicable,
                measurement.operationalIntensity.map { .number(Figures.significant($0)) } ?? .notApplicable,
            ]
        }
        return Document.Table(
            caption: "Every case", columns: heads, rows: rows,
            notes: ["Operations and bytes: of one iteration, counted, not estimated."])
    }

    private static func checks(_ reading: Reading) -> Document.Table {
        let heads = [
            Document.Column("Case"), Document.Column("Library"), Document.Column("Reported"),
            Document.Column("Error", .number),
            Document.Column("Bound", .number), Document.Column("Compared", .number), Document.Column("Coverage"),
        ]
        let rows = reading.bundle.measurements.map { measurement -> [Document.Cell] in
            let library = measurement.implementation.map { Document.Cell.data("\($0.library) \($0.version)") }
            let reported = measurement.implementation.map { Document.Cell.text("\(code: $0.reported)") }
            let check = measurement.check
            return [
                .data(reading.name(measurement)), library ?? .notApplicable, reported ?? .notApplicable,
                check.map { Document.Cell(.number(scientific($0.error)), $0.passes ? .none : .bad) } ?? .notApplicable,
                check.map { .number(scientific($0.bound)) } ?? .notApplicable,
                check.map { .number(Figures.grouped(UInt64(max($0.compared, 0)))) } ?? .notApplicable,
                check.map { .data($0.coverage) } ?? .data("not checked", .quiet),
            ]
        }
        return Document.Table(
            caption: "What computed, and how far from the reference", columns: heads, rows: rows,
            notes: ["Error and bound: relative to the sum of the terms’ magnitudes."])
    }

    /// `4.1 × 10⁻⁷`.
    static func scientific(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        var exponent = 0
        var mantissa = abs(value)
        while mantissa >= 9.95, exponent < 400 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 0.995, exponent > -400 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        let raised = "\(abs(exponent))".compactMap(\.wholeNumberValue).map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0] }
        let sign = value < 0 ? Figures.minus : ""
        return "\(sign)\(Figures.fixed(mantissa, decimals: 1)) × 10\(exponent < 0 ? "⁻" : "")\(String(raised))"
    }
}

extension Shape {
    /// Sizes with their keys: `m 1024, n 1024, k 1024`.
    var sizesText: String {
        sizes.isEmpty ? "registers only" : sizes.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    }
}

extension Case {
    /// Sizes with their keys, then what lies in memory where: `m 1024, n 1024, k 1024; bf16→f32`.
    fileprivate var sizes: String {
        var parts = [shape.sizesText]
        if let types = try? shape.operandTypes(dataType) { parts.append(types.description) }
        if let bytes = rotatedBytes {
            parts.append("cold: \(Figures.bytes(UInt64(max(bytes, 0)))) of operands in turn")
        }
        return parts.joined(separator: "; ")
    }
}
