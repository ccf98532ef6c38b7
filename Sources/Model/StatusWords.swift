import Statistics
import Units

/// Sentences about how well a case is known, the same wherever they are written: beside its samples, and in a sheet of a
/// bundle from before they told an interval that is just too wide from one that is not.
public enum StatusWords {
    /// `run-to-run half-width 5.004 %, target 5.0 %`, for a half-width above the target.
    public static func wide(_ width: Double, target: Double) -> String {
        "\(half) \(percent(width, above: target)), target \(percent(target))"
    }

    /// The metrics after the first that are known less well than the run set out to know them; `nil` where none is.
    public static func wideMetrics(_ metrics: [Metric], target: Double) -> String? {
        let parts = metrics.dropFirst().compactMap { metric -> String? in
            guard let width = metric.interval?.relativeHalfWidth(of: metric.value), width > target else { return nil }
            return "\(metric.name) \(percent(width, above: target))"
        }
        return parts.isEmpty ? nil : "\(half) above the target of \(percent(target)): " + parts.joined(separator: ", ")
    }

    /// Whether two sentences say the same but for digits: those of older versions had one decimal, whatever it hid.
    public static func areAlike(_ one: String?, _ other: String?) -> Bool {
        guard let one, let other, one != other else { return one == other }
        guard one.hasPrefix(half), other.hasPrefix(half) else { return false }
        let (words, others) = (one.split(separator: " "), other.split(separator: " "))
        return words.count == others.count
            && zip(words, others).allSatisfy { word, another in
                guard word != another else { return true }
                guard let number = Double(word), let second = Double(another) else { return false }
                return abs(number - second) < 0.06
            }
    }

    /// How the sentences about half-widths begin.
    public static let half = "run-to-run half-width"

    /// One decimal, and more where it takes them to be seen above the target.
    private static func percent(_ share: Double, above target: Double? = nil) -> String {
        guard abs(share) < 1000 else { return "over 100000 %" }
        func write(_ value: Double, _ further: Int) -> String {
            Figures.fixed(value * 100, decimals: 1 + further).replacing(Figures.narrowSpace, with: "") + " %"
        }
        return target.map { Figures.apart(share, from: $0, write) } ?? write(share, 0)
    }
}
