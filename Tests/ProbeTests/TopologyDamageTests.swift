import Foundation
import Probe
import Statistics
import TestSupport
import Testing

/// Topology files with a damage that hwloc itself does not survive, each read in a process of its own: what comes through to
/// hwloc ends that process, and the test says so.
struct TopologyDamageTests {
    /// A copy of a fixture, changed at will.
    private struct Copy {
        let tree: CapturedTree
        let text: String

        init(_ name: String) throws {
            tree = try CapturedTree(text: "")
            text = try String(contentsOfFile: "\(Fixtures.folder)/topologies/\(name).xml", encoding: .utf8)
        }

        /// Whether it is refused once it holds these bytes.
        func isRefused(_ bytes: [UInt8]) throws -> Bool {
            try tree.write("copy.xml", bytes: bytes)
            do {
                _ = try Probe.machine(ProbeOptions(topologyFile: tree.path + "/copy.xml"))
                return false
            } catch {
                guard case .notTopology = error else { throw error }
                return true
            }
        }

        /// Of the first objects, which are the largest, each in turn without each of its attributes.
        func withoutOneAttribute() -> [String] {
            text.ranges(of: "<object ").prefix(8).flatMap { object in
                let end = text[object.upperBound...].firstIndex(of: ">") ?? text.endIndex
                return text[object.lowerBound..<end].ranges(of: #/\ [a-z_]+="[^"]*"/#).map {
                    text.replacingCharacters(in: $0, with: "")
                }
            }
        }

        func isRefused(_ sense: String, _ nonsense: String) throws -> Bool {
            let changed = text.replacing(sense, with: nonsense, maxReplacements: 1)
            try #require(changed != text, "\(sense) is nowhere")
            return try isRefused(Array(changed.utf8))
        }
    }

    /// What comes behind a name with a digit, a `>`, or an escape of another's is never read by hwloc; of what is there twice it
    /// takes the one for the other; and it notes every node in the set of the first object.
    private static let damages = [
        (" online_cpuset=", " 0nline_cpuset="), (" online_cpuset=", " online_cpuset0="),
        (" online_cpuset=", " name=\"&nbsp;\" online_cpuset="), (" online_cpuset=", " name=\">\" online_cpuset="),
        ("type=\"Machine\"", "type=\"MemCache\""), ("type=\"Machine\"", "type=\"Core\""),
        ("type=\"Machine\"", "type=\"Machine\" type=\"PU\""), ("type=\"PU\"", "type=\"L2Cache\" type=\"PU\""),
        (" nodeset=\"0x00000003\" complete_nodeset=\"0x00000003\" allowed_nodeset=\"0x00000003\"", ""),
        (" os_index=\"0\" cpuset=\"0x000000ff\"", " os_index=\"0\" os_index=\"0\" cpuset=\"0x000000ff\""),
    ]

    @Test func whatEndsHwlocIsRefused() async {
        await #expect(processExitsWith: .success) {
            let copy = try Copy("old-format-devices")
            #expect(try !copy.isRefused(Array(copy.text.utf8)))
            for (sense, nonsense) in Self.damages {
                #expect(try copy.isRefused(sense, nonsense), "\(nonsense)")
            }
        }
    }

    /// hwloc reads types in capitals or not.
    @Test func aNodeIsKnownHoweverItIsWritten() async {
        await #expect(processExitsWith: .success) {
            let copy = try Copy("smt")
            for type in ["numanode", "NUMA", "node"] {
                #expect(try copy.isRefused("type=\"NUMANode\" os_index=\"0\"", "type=\"\(type)\" os_index=\"65536\""))
            }
            #expect(try copy.isRefused("type=\"PU\" os_index=\"0\"", "type=\"pu\" os_index=\"65536\""))
        }
    }

    @Test func anyAttributeMayBeMissing() async {
        await #expect(processExitsWith: .success) {
            for name in ["old-format-devices", "two-memories"] {
                let copy = try Copy(name)
                for text in copy.withoutOneAttribute() { _ = try copy.isRefused(Array(text.utf8)) }
            }
        }
    }

    /// Always the same damages, so that who meets a crash can meet it again.
    @Test func aDamagedByteIsRefusedOrRead() async {
        await #expect(processExitsWith: .success) {
            var generator = SeededGenerator(seed: 7)
            for name in ["smt", "annotated", "gpu-plugins", "captured-memory-kinds", "old-format-devices"] {
                let copy = try Copy(name)
                let bytes = Array(copy.text.utf8)
                for _ in 0..<100 {
                    var damaged = bytes
                    damaged[Int(generator.below(UInt64(bytes.count)))] = UInt8(1 + generator.below(127))
                    _ = try copy.isRefused(damaged)
                }
            }
        }
    }
}
