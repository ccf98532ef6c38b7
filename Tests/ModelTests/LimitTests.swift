import Foundation
import Model
import TestSupport
import Testing

@Suite struct LimitTests {
    private func text<Value: Codable>(_ limit: Reported<Limit<Value>>) throws -> String {
        String(decoding: try JSON.line(["x": limit]), as: UTF8.self)
    }

    @Test func aLimitIsANumberOrTheWord() throws {
        #expect(try text(Reported<Limit<UInt64>>.known(.at(512))) == "{\"x\":512}\n")
        #expect(try text(Reported<Limit<Double>>.known(.at(1.5))) == "{\"x\":1.5}\n")
        #expect(try text(Reported<Limit<UInt64>>.known(.unlimited)) == "{\"x\":\"unlimited\"}\n")
        #expect(try text(Reported<Limit<UInt64>>.unknown("hidden")) == "{\"x\":{\"unknown\":\"hidden\"}}\n")
    }

    @Test(arguments: [Reported<Limit<UInt64>>.known(.at(.max)), .known(.unlimited), .unknown("no such file")])
    func aLimitReadsBack(_ limit: Reported<Limit<UInt64>>) throws {
        let data = try JSON.line(["x": limit])
        #expect(try JSON.decode([String: Reported<Limit<UInt64>>].self, from: data) == ["x": limit])
    }

    @Test(arguments: ["\"infinite\"", "-1", "1.5", "[]"])
    func anythingElseIsNoLimit(_ value: String) {
        #expect(throws: JSONProblem.self) {
            try JSON.decode([String: Reported<Limit<UInt64>>].self, from: Data("{\"x\":\(value)}".utf8))
        }
    }

    @Test func onlyABoundHasANumber() {
        #expect(Reported<Limit<Int>>.known(.at(3)).bound() == 3)
        #expect(Reported<Limit<Int>>.known(.unlimited).bound() == nil)
        #expect(Reported<Limit<Int>>.unknown("hidden").bound() == nil)
    }

    /// A bundle of a version that did not look for something yet.
    @Test func factsThatWereNotRecordedAreUnknown() throws {
        let old = #"{"controlGroupVersion": 2, "cpuQuota": {"unknown": "no quota"}, "lockedMemoryBytes": 65536}"#
        let limits = try JSON.decode(Limits.self, from: Data(old.utf8))
        #expect(limits.controlGroupVersion == .known(2))
        #expect(limits.cpuQuota == .unknown("no quota"))
        #expect(limits.lockedMemoryBytes == .known(.at(65536)))
        #expect(limits.memoryBytes == .unknown("not recorded"))
        #expect(limits.resources == .unknown("not recorded"))
    }

    @Test func identifiersThatNobodyAskedForLeaveNoKey() throws {
        var machine = SampleRun.machine()
        #expect(!String(decoding: try JSON.document(machine), as: UTF8.self).contains("identifiers"))
        machine.identifiers = [Identifier(name: "hostName", value: .known("a"))]
        let data = try JSON.document(machine)
        #expect(try JSON.decode(Machine.self, from: data) == machine)
    }
}

@Suite struct TunableChangeTests {
    private func tunables(_ values: [(String, Reported<String>)]) -> [Tunable] {
        values.map { Tunable(name: $0.0, value: $0.1, source: "/sys/\($0.0)") }
    }

    @Test func whatDiffersIsNamedInOrder() {
        let before = tunables([
            ("governor", .known("powersave ×4")), ("turbo", .known("on")),
            ("nohzFullProcessingUnits", .known("1-7,9-15")),
            ("smt", .unknown("hidden")),
        ])
        let after = tunables([
            ("nohzFullProcessingUnits", .known("1-7")), ("turbo", .known("on")),
            ("governor", .known("performance ×2, powersave ×2")), ("smt", .known("on")),
        ])
        #expect(
            TunableChange.between(before, after) == [
                TunableChange(
                    name: "governor", before: .known("powersave ×4"), after: .known("performance ×2, powersave ×2")),
                TunableChange(name: "nohzFullProcessingUnits", before: .known("1-7,9-15"), after: .known("1-7")),
                TunableChange(name: "smt", before: .unknown("hidden"), after: .known("on")),
            ])
        #expect(TunableChange.between(before, before).isEmpty)
    }

    @Test func whatOnlyOneReadingHasDiffers() {
        let one = tunables([("turbo", .known("on"))])
        let other = tunables([("swappiness", .known("60"))])
        let unread = Reported<String>.unknown("not read")
        #expect(
            TunableChange.between(one, other) == [
                TunableChange(name: "turbo", before: .known("on"), after: unread),
                TunableChange(name: "swappiness", before: unread, after: .known("60")),
            ])
    }

    /// What a run finds changed in them is named like a setting.
    @Test func limitsThatChangeAreNamed() {
        let before = SampleRun.machine().limits
        #expect(TunableChange.between(before.settings, before.settings) == [])
        var after = before
        after.cpuQuota = .known(.at(1.5))
        after.memoryBytes = .known(.at(1 << 30))
        after.allowedProcessingUnits = .known("0")
        after.resources = .known([ResourceLimit(name: "openFiles", unit: "", soft: .at(64), hard: .unlimited)])
        let changes = TunableChange.between(before.settings, after.settings)
        #expect(
            changes.map(\.name) == ["allowedProcessingUnits", "cpuQuota", "memoryLimit", "openFilesLimit"])
        #expect(changes[1].before == .known("unlimited") && changes[1].after == .known("1.5"))
        #expect(changes[2].after == .known("1073741824"))
        #expect(changes[3].after == .known("64, at most unlimited"))
        // What counts by itself is no setting.
        after = before
        after.throttling = .known(Throttling(periods: 9, throttledPeriods: 1, throttledSeconds: 0.1))
        #expect(TunableChange.between(before.settings, after.settings) == [])
    }
}
