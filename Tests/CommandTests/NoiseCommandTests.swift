import Foundation
import Model
import Record
import TestSupport
import Testing

/// `assay noise`, and what later runs make of it.
@Suite struct NoiseCommandTests {
    @Test func theFloorIsStoredAndTakenUp() throws {
        let directory = try TemporaryDirectory()
        let suite = directory.path + "/nulls.yaml"
        try Data(NullSuite.yaml(["none"], processes: 2, time: "20ms").utf8).write(to: URL(fileURLWithPath: suite))
        let state = ["XDG_STATE_HOME": directory.path + "/state"]
        let output = directory.path + "/noise"
        let noise = try Command.run("noise", suite, "--pairs", "2", "--output", output, environment: state)
        #expect(noise.status == 0, "\(noise.errors)")
        #expect(noise.errors.contains("2 pairs bound"))
        let bundle = try BundleFiles.read(output).bundle
        let floor = try #require(bundle.noiseFloor.value)
        #expect(floor.pairs == 2 && floor.processes == 2 && floor.profile == nil)
        #expect(bundle.processes.count == 8)
        let verified = try Command.run("verify", output)
        #expect(verified.status == 0, "\(verified.output)")

        let later = directory.path + "/later"
        let run = try Command.run("run", suite, "--output", later, environment: state)
        #expect(run.status == 0, "\(run.errors)")
        let known = try #require(try BundleFiles.read(later).bundle.noiseFloor.value)
        #expect(known.value == floor.value)
        #expect(known.profile?.fingerprint == bundle.machine.fingerprint)
        #expect(try Command.run("verify", later).status == 0)

        // A file named by hand must be of this machine.
        let profiles = state["XDG_STATE_HOME"].map { $0 + "/assay/profiles" } ?? ""
        let path = ProfileFiles.path(of: bundle.machine.fingerprint, in: profiles)
        var other = try ProfileFiles.read(path)
        other.fingerprint = "0123456789ab"
        try ProfileFiles.write(other, to: directory.path + "/other.json")
        let refused = try Command.run(
            "run", suite, "--output", directory.path + "/never", "--profile", directory.path + "/other.json")
        #expect(refused.status == 65)
        #expect(refused.errors.contains("of another machine"))
    }

    @Test func tooManyPairsAreRefused() throws {
        for arguments in [
            ["noise", "--pairs", "0"], ["noise", "standard", "--pairs", "400", "--processes", "30"],
            ["run", "--noise", "501"],
        ] {
            let running = try Command.Running(arguments)
            #expect(running.wait().status == 64)
        }
    }
}
