import Foundation
import Probe
import TestSupport
import Testing

/// Links of a captured tree: none leads a probe to files of the machine that replays it.
struct CapturedLinksTests {
    /// A second tree beside the captured one, which stands for the machine that replays.
    private let host: CapturedTree

    init() throws {
        host = try CapturedTree(
            text: """
                sys/devices/system/cpu/online = 0-63
                sys/devices/system/node/online = 0-15
                sys/devices/host/address = 00:53:00:00:00:01
                """)
    }

    /// What is wrong with the captured machine once `link` in it leads to `target`.
    private func problem(_ link: String, to target: String) throws -> String? {
        let tree = try Fixtures.tree("intel-hybrid")
        let place = tree.path + "/" + link
        try? FileManager.default.removeItem(atPath: place)
        try tree.write(link, bytes: [])
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
        do {
            _ = try Probe.machine(ProbeOptions(sysroot: tree.path))
            return nil
        } catch {
            guard case .notMachine = error else { throw error }
            return "\(error)"
        }
    }

    @Test(arguments: [
        "sys/devices/system/cpu/online", "sys/devices/system/cpu/cpu0/topology/core_cpus",
        "sys/devices/system/node/online", "sys/class/net/eth7", "sys/bus/pci/devices/0000:00:1f.6",
        "sys/new/folder/link",
        "proc/cpuinfo", "proc/meminfo", "run/udev/data",
    ])
    func anAbsoluteLinkIsRefusedByItsName(_ link: String) throws {
        let problem = try #require(try problem(link, to: host.path + "/sys/devices/host"))
        #expect(problem.contains("/\(link) is a link that leads out of it"))
        #expect(!problem.contains(host.path))
    }

    @Test func tooManyStepsUpLeadOutToo() throws {
        let up = String(repeating: "../", count: 30)
        #expect(try problem("sys/class/net/eth7", to: up + host.path.dropFirst() + "/sys/devices/host") != nil)
        #expect(try problem("sys/class/net/eth7", to: up) != nil)
        // As far as the root of the tree is not out of it, and a link that leads nowhere, or to itself, leads to no file.
        #expect(try problem("sys/class/net/eth7", to: "../../../sys/devices/system") == nil)
        #expect(try problem("sys/class/net/eth7", to: "../../../nothing/there") == nil)
        #expect(try problem("sys/class/net/eth7", to: "eth7") == nil)
    }

    /// Two links, each of which seems to stay inside.
    @Test func stepsUpBehindALinkAreCountedFromWhereItLeads() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        try FileManager.default.createSymbolicLink(
            atPath: tree.path + "/sys/devices/system/near", withDestinationPath: "../..")
        try FileManager.default.createSymbolicLink(
            atPath: tree.path + "/sys/devices/system/far", withDestinationPath: "near/../../\(host.path)/sys")
        #expect(throws: ProbeError.self) { try Probe.machine(ProbeOptions(sysroot: tree.path)) }
    }

    /// What hwloc does not open, `SystemFiles` follows below the root of the tree.
    @Test func elsewhereAbsoluteLinksStayInside() throws {
        #expect(try problem("etc/os-release", to: "/usr/lib/os-release") == nil)
        #expect(try problem("proc/device-tree", to: "/sys/firmware/devicetree/base") == nil)
        #expect(try problem("proc/self/root", to: "/") == nil)
    }

    /// Folders behind links inside are gone through as well.
    @Test func aFolderBehindALinkIsLookedInto() throws {
        let tree = try Fixtures.tree("intel-hybrid")
        try tree.write("elsewhere/file", bytes: [])
        try FileManager.default.createSymbolicLink(
            atPath: tree.path + "/elsewhere/out", withDestinationPath: host.path)
        _ = try Probe.machine(ProbeOptions(sysroot: tree.path))
        try FileManager.default.createSymbolicLink(
            atPath: tree.path + "/sys/devices/in", withDestinationPath: "../../elsewhere")
        #expect(throws: ProbeError.self) { try Probe.machine(ProbeOptions(sysroot: tree.path)) }
    }
}
