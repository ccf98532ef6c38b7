import Document
import Model
import Units

extension Datasheet {
    /// What this run could not see, or did not look at.
    static func hiddenThings(_ reading: Reading) -> [Caution] {
        var found: [Caution] = []
        let cut = reading.cutOff.count
        if let cause = reading.bundle.interrupted, cut > 0 {
            found.append(
                Caution(
                    claim: "\(Words.count(cut, "case")) did not get \(cut == 1 ? "its" : "their") turn",
                    support: "The run ended first: \(cause).", section: 14))
        }
        let skipped = reading.count(.skipped) - cut
        if skipped > 0 {
            found.append(
                Caution(
                    claim: "\(Words.count(skipped, "case")) could not be run here", support: "Each with its reason.",
                    section: 14))
        }
        if reading.recording.environment.allSatisfy({ $0.frequency == nil && $0.temperature == nil }) {
            found.append(
                Caution(
                    claim: "Frequency and temperature are hidden",
                    support: "Throttling would show only as a spread of results.", section: 16))
        }
        if reading.measured.allSatisfy({ $0.energy == nil }) {
            found.append(
                Caution(
                    claim: "No energy figure", support: "No source could be read; nothing is estimated.", section: 11))
        }
        let timed = reading.bundle.plan.rules.processSeconds
        if timed < Threshold.longEnough {
            found.append(
                Caution(
                    claim: "Short runs",
                    support:
                        "At most \(Words.duration(timed)) of timed work a process: heat and slow drift do not show.",
                    section: 9))
        }
        if reading.bundle.tool.modified {
            found.append(
                Caution(
                    claim: "The tool carries changes", support: "Built from a tree that is in no commit.", section: 5))
        }
        if reading.bundle.noiseFloor.value == nil {
            found.append(
                Caution(
                    claim: "The noise floor is not measured",
                    support: "How far two identical runs differ here is unknown.", section: 9))
        }
        found.append(
            Caution(
                claim: "One machine, one day", support: "Nothing here speaks of variation between machines or hours.",
                section: 3))
        return found
    }

    /// The largest share of CPU time the hypervisor took while any process ran.
    static func worstSteal(_ reading: Reading) -> Double? {
        reading.bundle.processes.compactMap { $0.interference?.steal }.filter(\.isFinite).max()
    }
}
