/// A way to read energy. Each source is one file in `Power`.
public protocol PowerSource: Sendable {
    /// Whether it can be read here, and what would change that. Never throws: not being there is an answer.
    func survey() -> PowerSurvey
}
