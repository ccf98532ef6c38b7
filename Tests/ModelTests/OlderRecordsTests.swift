import Foundation
import Model
import TestSupport
import Testing

/// What earlier versions wrote is read, and what they did not know is unknown.
struct OlderRecordsTests {
    /// As the first version wrote it: what it did not know of is unknown and says so, not an error.
    @Test func anEarlierTopologyIsRead() throws {
        let text = """
            {"caches": [{"bytes": 1024, "count": 1, "level": 1, "type": "data"}],
             "coreKinds": [{"efficiency": 0, "processingUnitList": "0", "processingUnits": 1}], "cores": 1,
             "devices": [{"kind": "gpu", "name": "card0"}], "numaDistances": [[10]],
             "numaNodes": [{"bytes": 1, "index": 0, "processingUnitList": "0", "processingUnits": 1}],
             "packages": 1, "processingUnits": 1, "tree": {"kind": "machine", "children": []}}
            """
        let topology = try JSON.decode(Topology.self, from: Data(text.utf8))
        #expect(topology.processingUnitSets.online.reason?.contains("not recorded") == true)
        #expect(topology.numaNodes[0].kind.reason?.contains("not recorded") == true)
        #expect(topology.coreKinds[0].maximumFrequency.value == nil)
        #expect(topology.distances.isEmpty && topology.memoryAttributes.isEmpty && topology.objectCounts.isEmpty)
        #expect(topology.devices[0].link == nil)
        #expect(try JSON.decode(Topology.self, from: JSON.document(topology)) == topology)
        // A key that always was there is still needed.
        let less = text.replacing("\"packages\": 1, ", with: "")
        #expect(throws: JSONProblem.self) { try JSON.decode(Topology.self, from: Data(less.utf8)) }
    }

    /// Facts that a release did not know of are unknown in what it wrote, and lists empty.
    @Test func whatAnOlderReleaseWroteIsRead() throws {
        var machine = SampleRun.machine()
        machine.accelerators = [Accelerator(kind: .gpu, busId: nil, unknown: "not told")]
        machine.acceleratorsNote = .known("1 × something")
        #expect(try JSON.decode(Machine.self, from: JSON.document(machine)) == machine)
        let written = try JSONSerialization.jsonObject(with: JSON.document(machine))
        var old = try #require(written as? [String: Any])
        old["accelerators"] = nil
        old["acceleratorsNote"] = nil
        let read = try JSON.decode(Machine.self, from: JSONSerialization.data(withJSONObject: old))
        #expect(read.accelerators.isEmpty)
        #expect(read.acceleratorsNote == .unknown("not recorded"))
        old["limits"] = nil
        #expect(throws: JSONProblem(place: "limits", problem: "missing")) {
            try JSON.decode(Machine.self, from: JSONSerialization.data(withJSONObject: old))
        }
    }

    /// A record of the first version, which knew nothing of what was added since.
    @Test func factsThatAnOlderVersionDidNotRecordAreUnknown() throws {
        var object = try #require(
            JSONSerialization.jsonObject(with: JSON.document(SampleRun.machine())) as? [String: Any])
        let first = [
            "processor": [
                "vendor", "model", "architecture", "family", "modelNumber", "stepping", "microcode",
                "nominalFrequency", "maximumFrequency", "instructionSets", "hypervisor",
            ],
            "memory": [
                "kernelBytes", "hwlocBytes", "availableBytes", "swapBytes", "hugePageBytes", "hugePages",
            ],
        ]
        for (key, names) in first {
            let part = try #require(object[key] as? [String: Any])
            #expect(part.count > names.count)
            object[key] = part.filter { names.contains($0.key) }
        }
        let machine = try JSON.decode(Machine.self, from: JSONSerialization.data(withJSONObject: object))
        #expect(machine.processor.model == SampleRun.machine().processor.model)
        #expect(machine.processor.mitigations.reason?.contains("not recorded") == true)
        #expect(machine.processor.frequencies.reason?.contains("not recorded") == true)
        #expect(machine.memory.modules.reason?.contains("not recorded") == true)
        #expect(machine.memory.differences.reason?.contains("not recorded") == true)
    }
}
