public import Model

extension Doctor {
    /// A look in one line, for the first lines of a run: `steal 0.1 %, canary spread 0.6 %: good`.
    ///
    /// - Parameter units: processing units of the machine.
    public static func summary(of reading: QuietReading, units: Int) -> String {
        let steal = reading.stealOfAll.value.map { "steal \(Phrase.share(max($0, reading.steal.value ?? 0)))" }
        let spread = reading.canaries.map(\.spread).max()
        let seen = [steal ?? "steal unknown", spread.map { "canary spread \(Phrase.share($0))" } ?? "no canary"]
        let wrong =
            [
                reading.isStolenFrom(units: units) ? "steal" : nil,
                reading.isLoaded(units: units) ? "others use \(Phrase.share(reading.otherLoad.value ?? 0))" : nil,
                reading.isInterrupted ? "\(Phrase.share(reading.lostShare)) of the time lost" : nil,
                reading.isSwitchedOut ? "switched out" : nil, reading.isThrottled ? "throttled" : nil,
            ].compactMap { $0 } + reading.canaries.filter(\.isUnsteady).map { "\($0.name) unsteady" }
        let verdict = wrong.isEmpty ? "good" : "not quiet (\(wrong.joined(separator: ", "))); assay doctor says more"
        return "\(seen.joined(separator: ", ")): \(verdict)"
    }
}
