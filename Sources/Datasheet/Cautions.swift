import Document
import Model
import Units

/// One thing that could mislead: a short claim, what supports it, and where it is shown.
struct Caution {
    var claim: String
    var support: String
    var section: Int

    var prose: Prose { "\(strong: claim + ".") \(support) \(section: section)" }
}

/// From where on the sheet names something.
enum Threshold {
    static let steal = DisturbanceBounds.steal
    static let otherLoad = DisturbanceBounds.otherLoad
    static let switches = DisturbanceBounds.switchesPerSecond
    /// Share of time in which a task waited for a CPU.
    static let pressure = 0.10
    /// Part of the ideal gain from more threads below which the gain is called small.
    static let smallGain = 0.5
    /// Seconds of timed work in a process below which heat and drift cannot show; MLPerf's own minimum.
    static let longEnough = 600.0
}

extension Datasheet {
    /// Everything that could mislead, worst first: what is wrong, then what is weak, then what is hidden.
    static func cautions(_ reading: Reading) -> [Caution] {
        wrongThings(reading) + weakThings(reading) + narrowThings(reading) + hiddenThings(reading)
    }

    private static func wrongThings(_ reading: Reading) -> [Caution] {
        var found: [Caution] = []
        if let cause = reading.bundle.interrupted {
            found.append(
                Caution(
                    claim: "The run was interrupted", support: "\(cause); cases after it are missing or thin.",
                    section: 14))
        }
        let failed = reading.bundle.measurements.filter { $0.status == .failed }
        if !failed.isEmpty {
            found.append(
                Caution(
                    claim: "\(Words.count(failed.count, "case")) failed",
                    support: "\(Words.some(failed.map(reading.name))): no time is published.", section: 14))
        }
        if let over = reading.kernels.first(where: { ($0.share?.value ?? 0) > 1 }), let share = over.share {
            found.append(
                Caution(
                    claim: "A ceiling is too low",
                    support:
                        "\(reading.name(over)) reads \(Figures.percent(share.value)) of \(share.of): do not use shares of it.",
                    section: 10))
        }
        if let errors = memoryErrors(reading.machine.memory) {
            found.append(Caution(claim: "Memory has counted errors", support: errors, section: 4))
        }
        if !reading.bundle.tunablesChanged.isEmpty {
            let names = reading.bundle.tunablesChanged.map { Words.setting($0.name) }
            found.append(
                Caution(
                    claim: "Settings changed during the run",
                    support: "\(Words.some(names)) read differently after it.",
                    section: 6))
        }
        return found
    }

    /// What the memory controllers counted before the run, or `nil` where that is nothing.
    private static func memoryErrors(_ memory: Memory) -> String? {
        let controllers = memory.controllers.value ?? []
        let corrected = controllers.contains { ($0.correctedErrors.value ?? 0) > 0 }
        let uncorrected = controllers.contains { ($0.uncorrectedErrors.value ?? 0) > 0 }
        guard corrected || uncorrected else { return nil }
        return uncorrected
            ? "Some could not be corrected: results may be wrong." : "All were corrected; correcting takes time."
    }

    private static func weakThings(_ reading: Reading) -> [Caution] {
        var found: [Caution] = []
        let noisy = reading.measured.filter { $0.status == .noisy }
        if let first = noisy.first {
            let claim = noisy.count == 1 ? "\(reading.name(first)): noisy" : "\(noisy.count) cases are noisy"
            let support =
                noisy.count == 1
                ? sentence(reading.reason(of: first))
                : "\(Words.some(noisy.map(reading.name))): not fit for a baseline."
            found.append(Caution(claim: claim, support: support, section: 14))
        }
        let open = reading.measured.filter { $0.status == .unconverged }
        if let first = open.first {
            let claim =
                open.count == 1 ? "\(reading.name(first)): unconverged" : "\(open.count) cases are unconverged"
            let parts = Unconverged(reading).parts(reading.bundle.plan.rules)
            let support =
                open.count == 1
                ? sentence(reading.reason(of: first)) : "\(Words.some(open.map(reading.name))): \(Words.list(parts))."
            found.append(Caution(claim: claim, support: support, section: 14))
        }
        let resting = reading.kernels.filter {
            [.ceilingNoisy, .ceilingUnconverged].contains(reading.doubt($0))
        }
        if !resting.isEmpty {
            found.append(
                Caution(
                    claim: "\(Words.count(resting.count, "share rests", "shares rest")) on a ceiling that is not sound",
                    support: "\(Words.some(resting.map(reading.name))): the ceiling is noisy or unconverged itself.",
                    section: 10))
        }
        let completed = reading.completed
        let dependent = completed.count { $0.seriallyDependent }
        if dependent * 10 > completed.count {
            found.append(
                Caution(
                    claim: "Samples depend on their neighbours",
                    support:
                        "In \(dependent) of \(completed.count) processes; intervals are therefore taken between processes.",
                    section: 9))
        }
        if let worst = worstSteal(reading), worst > Threshold.steal {
            found.append(
                Caution(
                    claim: "The hypervisor took time away",
                    support: "\(Figures.percent(worst, decimals: 1)) of CPU time at worst while a process ran.",
                    section: 16))
        }
        if let price = reading.price, let doubt = reading.priceDoubt(price) {
            found.append(Caution(claim: "The price may be of another machine", support: sentence(doubt), section: 12))
        }
        if let lent = reading.machine.claims.first(where: { $0.subject == Claim.sustainedSpeed }) {
            found.append(
                Caution(
                    claim: "The speed may not last", support: "\(lent.claimed): \(lent.visible).", section: 4))
        }
        found += cacheClaims(reading).map {
            Caution(
                claim: "\($0.subject): not what is reported", support: "\($0.claimed); \($0.visible).",
                section: Number.systemUnderTest)
        }
        return found
    }

    private static func narrowThings(_ reading: Reading) -> [Caution] {
        limitedThings(reading) + narrowBandwidth(reading)
    }

    private static func limitedThings(_ reading: Reading) -> [Caution] {
        guard let most = reading.bundle.plan.instructionSet else { return [] }
        return [
            Caution(
                claim: "Instruction sets above \(most) were not used",
                support: "The machine may do more than this shows.",
                section: 9)
        ]
    }

    private static func narrowBandwidth(_ reading: Reading) -> [Caution] {
        guard let pair = reading.scaling.first(where: { $0.one.case.kernel == .streamTriad }),
            pair.one.isSound, pair.all.isSound, let one = pair.one.metrics.first, let all = pair.all.metrics.first,
            one.value > 0
        else { return [] }
        let gain = all.value / one.value - 1
        guard gain < Threshold.smallGain * Double(pair.all.case.threads - 1) else { return [] }
        let more =
            pair.all.case.threads == 2 ? "The second thread adds" : "\(pair.all.case.threads - 1) more threads add"
        let claim = gain < 0.005 ? "More threads add no bandwidth" : "\(more) \(Figures.percent(gain)) bandwidth"
        return [
            Caution(
                claim: claim,
                support: "\(NumberColumn.text(from: one, to: all)): memory-bound work gains little from it.",
                section: 10)
        ]
    }

    private static func sentence(_ reason: String?) -> String {
        guard let reason, let last = reason.last else { return "No reason was recorded." }
        return Words.capital(last == "." ? reason : reason + ".")
    }
}
