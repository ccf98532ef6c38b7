import ArgumentParser
import Measure
import Model
import Probe
import SystemFiles

#if canImport(Glibc)
    import Glibc
#endif

/// Times the canaries in a process of its own. Hidden: started by doctor, because two runs of the same thing differ by
/// more than two repetitions within one (other pages, other addresses), and by run, which has no memory for their arrays.
struct CanaryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary", abstract: "Times short canaries; started by doctor and run.", shouldDisplay: false)

    @Argument(help: "Processing unit; -1 for none.") var unit: Int
    @Argument(help: "Bytes of each array.") var bytes: Int

    @Flag(help: "How repetitions within this process differ, as JSON, in the place of what an iteration takes.")
    var repeated = false

    func validate() throws {
        guard (4096...(1 << 30)).contains(bytes) else { throw ValidationError("\(bytes): 4096 to 2^30 bytes.") }
    }

    func run() throws {
        alarm(60)
        guard unit >= 0 else { return try tell(on: nil) }
        try Binding.pinned(to: unit) { try tell(on: $0) }
    }

    private func tell(on unit: Int?) throws {
        if repeated { try Self.tellRepeated(on: unit, bytes) } else { Self.tell(on: unit, bytes) }
    }

    /// One line of JSON: a reading for each canary.
    private static func tellRepeated(on unit: Int?, _ bytes: Int) throws {
        let clock = MonotonicRawClock()
        let look = QuietLook(clock: clock, report: clock.report(), files: SystemFiles(), rules: .brief)
        let readings = QuietCheck.canaries(unit: unit, bytes: bytes).canaries.map(look.repeated)
        Console.write(String(decoding: try JSON.line(readings), as: UTF8.self))
    }

    /// A line a canary: what an iteration takes, in seconds, and the canary's name.
    private static func tell(on unit: Int?, _ bytes: Int) {
        let clock = MonotonicRawClock()
        let look = QuietLook(clock: clock, report: clock.report(), files: SystemFiles(), rules: CanaryProcesses.rules)
        for canary in QuietCheck.canaries(unit: unit, bytes: bytes).canaries {
            Console.out("\(look.secondsPerIteration(canary)) \(canary.name)")
        }
    }
}

/// The canaries in fresh processes, one after the other.
enum CanaryProcesses {
    /// The fewest that give an exact 95 % interval for a median, as of a case.
    static let count = 6
    static let rules = QuietLook<MonotonicRawClock>.Rules(seconds: 0, repetitions: 5, repetitionSeconds: 0.005)

    /// One process, whose repetitions are held against each other; empty where it does not answer.
    static func repeated(on unit: Int?, bytes: Int) -> [CanaryReading] {
        let command = ChildCommand(
            executable: "/proc/self/exe",
            arguments: [
                CanaryCommand.configuration.commandName ?? "", "--repeated", "--", "\(unit ?? -1)", "\(bytes)",
            ])
        let line = ChildProcesses.answers([command], seconds: 60)[0].value?.lines.first ?? ""
        return (try? JSON.decode([CanaryReading].self, from: Array(line.utf8))) ?? []
    }

    static func readings(on unit: Int?, bytes: Int) -> (canaries: [CanaryReading], absent: [Diagnosis.Omission]) {
        let command = ChildCommand(
            executable: "/proc/self/exe",
            arguments: [CanaryCommand.configuration.commandName ?? "", "--", "\(unit ?? -1)", "\(bytes)"])
        var times: [(name: String, seconds: [Double])] = []
        for _ in 0..<count {
            let answer = ChildProcesses.answers([command], seconds: 60)[0]
            if let reason = answer.reason {
                return ([], [Diagnosis.Omission(subject: "canaries", reason: "a process of theirs \(reason)")])
            }
            for line in answer.value?.lines ?? [] {
                let words = line.words
                guard words.count == 2, let seconds = Double(words[0]), seconds > 0, seconds < 60 else { continue }
                let name = String(words[1])
                if let place = times.firstIndex(where: { $0.name == name }) {
                    times[place].seconds.append(seconds)
                } else {
                    times.append((name, [seconds]))
                }
            }
        }
        let whole = times.filter { $0.seconds.count == count }
        return (
            whole.map { QuietLook<MonotonicRawClock>.runToRun($0.name, $0.seconds, rules: rules) },
            // The same code in this process says why one could not be made.
            whole.count == QuietCheck.names.count ? [] : QuietCheck.canaries(unit: unit, bytes: bytes).absent
        )
    }
}
