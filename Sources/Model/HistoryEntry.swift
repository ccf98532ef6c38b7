#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A run as the history lists it. JSON schema of a list of them: `assay.history/1`.
public struct HistoryEntry: Codable, Sendable, Equatable, Identifiable {
    public static let schema = "assay.history/1"
    /// The bundle's id.
    public var id: String
    public var created: Date
    public var suite: String
    public var seed: UInt64
    public var machine: MachineIdentity
    /// Of the machine's state: the same digits mean that nothing which moves results was seen to change.
    public var fingerprint: String
    public var tool: Tool
    /// What ended the run before its plan was done.
    public var interrupted: String?
    /// Cases with a published value, and all.
    public var measured: Int
    public var cases: Int
    /// Names under which it is a baseline.
    public var baselines: [String]

    public init(
        id: String, created: Date, suite: String, seed: UInt64, machine: MachineIdentity, fingerprint: String,
        tool: Tool, interrupted: String?, measured: Int, cases: Int, baselines: [String]
    ) {
        self.id = id
        self.created = created
        self.suite = suite
        self.seed = seed
        self.machine = machine
        self.fingerprint = fingerprint
        self.tool = tool
        self.interrupted = interrupted
        self.measured = measured
        self.cases = cases
        self.baselines = baselines
    }
}

/// A run as the history takes it in and gives it back: what a comparison asks for, and what tells one run from another.
public struct HistoryRun: Sendable, Equatable {
    /// Without samples: what each process measured is enough.
    public var values: RunValues
    public var seed: UInt64
    /// What `assay run` was given.
    public var arguments: [String]
    public var interrupted: String?
    /// What of the machine's state moves results.
    public var facts: [Fact]

    public init(values: RunValues, seed: UInt64, arguments: [String], interrupted: String?, facts: [Fact]) {
        self.values = values
        self.seed = seed
        self.arguments = arguments
        self.interrupted = interrupted
        self.facts = facts
    }
}

/// Which hardware: what a change of kernel, libraries or settings leaves as it is.
public struct MachineIdentity: Codable, Sendable, Equatable, Hashable {
    /// Eight digits over processor, topology, memory and instance type.
    public var key: String
    /// `AMD EPYC 9R14, 2 cores`.
    public var name: String

    public init(key: String, name: String) {
        self.key = key
        self.name = name
    }
}

/// A name under which runs are kept as what later ones are held against.
public struct Baseline: Codable, Sendable, Equatable {
    public var name: String
    /// Several are runs of one state, and tell how much runs differ.
    public var runs: [String]
    public var set: Date

    public init(name: String, runs: [String], set: Date) {
        self.name = name
        self.runs = runs
        self.set = set
    }
}

extension Machine {
    public var identity: MachineIdentity {
        let model = processor.model.value ?? processor.architecture
        // Whole GiB: what firmware and kernel keep for themselves differs from boot to boot.
        let memory = memory.kernelBytes.value.map { "\(($0 + (1 << 29)) >> 30)" } ?? "unknown"
        let instance = cloud.value?.instanceType.value
        let facts = [
            model, processor.architecture, "\(topology.packages)", "\(topology.cores)",
            "\(topology.processingUnits)", memory, instance ?? "",
        ]
        let cores = "\(topology.cores) core\(topology.cores == 1 ? "" : "s")"
        return MachineIdentity(
            key: Digest.identity(of: facts.joined(separator: "|"), digits: 8),
            name: [model, instance, cores].compactMap { $0 }.joined(separator: ", "))
    }
}
