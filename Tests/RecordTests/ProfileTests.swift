import Foundation
import Model
import Record
import TestSupport
import Testing

/// The file in which a machine's noise floor is kept.
@Suite struct ProfileTests {
    private func profile() throws -> MachineProfile {
        let header = SampleRun.header()
        let bundle = Bundle(
            id: header.id, created: header.created, duration: 6, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: header.plan, clock: header.clock,
            noiseFloor: .known(
                NoiseFloor(
                    value: 0.02, pairs: 3,
                    metrics: [NoiseFloor.MetricFloor(case: "a", metric: "throughput", value: 0.02, pairs: 3)])),
            interrupted: nil, resumed: 0, measurements: [], processes: [])
        return try #require(MachineProfile(bundle))
    }

    @Test func itIsReadBackAsItWasWritten() throws {
        let directory = try TemporaryDirectory()
        let profile = try profile()
        let path = ProfileFiles.path(of: profile.fingerprint, in: directory.path + "/state/assay/profiles")
        try ProfileFiles.write(profile, to: path)
        #expect(try ProfileFiles.read(path) == profile)
        let found = try ProfileFiles.read(
            fingerprint: profile.fingerprint, in: directory.path + "/state/assay/profiles")
        #expect(found == profile)
        #expect(found?.floorForBundles.profile?.fingerprint == SampleRun.machine().fingerprint)
        #expect(try ProfileFiles.read(fingerprint: "0123456789ab", in: directory.path) == nil)
        let validator = try SchemaValidator.named("profile")
        #expect(try validator.findings(Data(contentsOf: URL(fileURLWithPath: path))) == [])
    }

    @Test func aFileOfAnotherMachineIsRefused() throws {
        let directory = try TemporaryDirectory()
        try ProfileFiles.write(try profile(), to: directory.path + "/0123456789ab.json")
        #expect(throws: RecordError.self) {
            try ProfileFiles.read(fingerprint: "0123456789ab", in: directory.path)
        }
    }

    @Test(arguments: ["", "{}", "[1", #"{"schema": "assay.bundle/1"}"#, #"{"schema": "assay.profile/2"}"#])
    func whatIsNoProfileIsRefused(text: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/p.json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: RecordError.self) { try ProfileFiles.read(path) }
    }

    @Test func theDirectoryIsXDGs() {
        #expect(ProfileFiles.directory(environment: ["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/assay/profiles")
        #expect(ProfileFiles.directory(environment: ["HOME": "/h"]) == "/h/.local/state/assay/profiles")
        // Relative paths count as none.
        #expect(
            ProfileFiles.directory(environment: ["XDG_STATE_HOME": "s", "HOME": "/h"])
                == "/h/.local/state/assay/profiles")
        #expect(ProfileFiles.directory(environment: [:]) == nil)
    }
}
