import Model

/// Whether two sides of a comparison are one run: then nothing can differ, whatever the machine does.
enum SameRun {
    /// Fewer figures than this may agree by chance, where a clock or a counter is coarse.
    private static let fewest = 4

    /// Measured twice, two runs never agree in every figure of every process to the last bit.
    static func warning(_ base: RunValues, _ new: RunValues) -> String? {
        let (old, now) = (base.reference, new.reference)
        let isCopied = isCopied(base, new)
        guard old.id == now.id else {
            return isCopied
                ? "\(label(old)) and \(label(now)) hold the same measurements: one is a copy of the other, and no change can show"
                : nil
        }
        let names = old.name == now.name ? "" : ", as \(old.name) and \(now.name)"
        return isCopied
            ? "a run is compared with itself (\(old.id)\(names)): no change can show"
            : "two runs carry the id \(old.id)\(names) and do not hold the same: one of them was changed"
    }

    private static func label(_ run: RunReference) -> String { run.name == run.id ? run.id : "\(run.name) (\(run.id))" }

    private static func isCopied(_ base: RunValues, _ new: RunValues) -> Bool {
        let other = Dictionary(new.results.map { ($0.case.id, figures($0)) }) { first, _ in first }
        let pairs = base.results.compactMap { result in other[result.case.id].map { (figures(result), $0) } }
        return pairs.reduce(0) { $0 + $1.0.count } >= fewest && pairs.allSatisfy { $0.0 == $0.1 }
    }

    private static func figures(_ result: RunValues.Result) -> [Double] {
        result.metrics.flatMap { $0.processes.map(\.value) }
    }
}
