/// A training run that somebody has in mind, by the arithmetic it takes. Stated, never measured: what follows is a projection.
public struct TrainingRun: Codable, Sendable, Equatable {
    /// What it trains, as the sheet shall say; absent where that was not said.
    public var name: String?
    /// Floating-point operations of the whole run.
    public var flops: Double
    /// Where the operations were reckoned from the size of a model: its parameters and the tokens it is shown.
    public var parameters: Double?
    public var tokens: Double?

    public init(flops: Double, name: String? = nil) {
        self.flops = flops
        self.name = name
    }

    /// Six operations a parameter and token: two forward, four backward.
    ///
    /// Source: Kaplan et al., Scaling Laws for Neural Language Models (2020), §2.1; attention over the context comes on top.
    public init(parameters: Double, tokens: Double, name: String? = nil) {
        self.init(flops: 6 * parameters * tokens, name: name)
        self.parameters = parameters
        self.tokens = tokens
    }

    /// What is wrong with it, in words; `nil` where nothing is.
    public var problem: String? {
        for (what, value) in [("flops", flops), ("parameters", parameters ?? 1), ("tokens", tokens ?? 1)]
        where !(value.isFinite && value > 0 && value <= 1e40) {
            return "\(what): a number above 0 and at most 1e40 is needed"
        }
        if (parameters == nil) != (tokens == nil) { return "parameters and tokens go together" }
        if let parameters, let tokens, flops != 6 * parameters * tokens {
            return "flops: is not 6 × parameters × tokens"
        }
        return nil
    }
}
