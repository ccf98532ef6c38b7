import Foundation
import Model
import Probe
import TestSupport

/// Where the fixtures lie, and the machines that they make.
enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Fixtures"

    /// Names of the hwloc exports, each with the counts that `lstopo` gave.
    static let topologies = names("topologies", ".xml")
    static let machines = names("machines", ".tree")

    static func topology(_ name: String) throws -> Machine {
        try Probe.machine(ProbeOptions(topologyFile: "\(folder)/topologies/\(name).xml"))
    }

    static func tree(_ name: String, extra: String = "") throws -> CapturedTree {
        try CapturedTree(file: "\(folder)/machines/\(name).tree", extra: extra)
    }

    static func machine(_ name: String, extra: String = "") throws -> Machine {
        let tree = try tree(name, extra: extra)
        return try withExtendedLifetime(tree) { try Probe.machine(ProbeOptions(sysroot: tree.path)) }
    }

    static func json(_ machine: Machine) throws -> String {
        String(decoding: try JSON.document(machine), as: UTF8.self)
    }

    private static func names(_ kind: String, _ ending: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? []
        return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }
}
