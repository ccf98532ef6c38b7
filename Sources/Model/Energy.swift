/// Energy over the timed windows of all processes of a case that count.
public struct Energy: Codable, Sendable, Equatable {
    /// Gross: idle power is in there.
    public var joules: Double
    /// Seconds it was integrated over.
    public var duration: Double
    /// Gross.
    public var meanPower: Double
    /// Of the machine left alone before and after the run; absent where that was not measured.
    public var idlePower: Double?
    /// ± joules, of the gross energy.
    public var uncertainty: Double
    public var source: String
    public var boundary: String
    /// Identities of the meters that were added up: disjoint domains of one source.
    public var meters: [String]?
    /// Energy beyond what the machine would have used idle in the same time, and its ± joules.
    public var aboveIdle: Double?
    public var aboveIdleUncertainty: Double?
    /// Relative error of the gain, and seconds between changes: what the uncertainty is made of.
    public var gainError: Double?
    public var updatePeriod: Double?
    /// Windows after those were joined between which the meter cannot see a pause.
    public var windows: Int?

    public init(
        joules: Double, duration: Double, meanPower: Double, idlePower: Double?, uncertainty: Double, source: String,
        boundary: String
    ) {
        self.joules = joules
        self.duration = duration
        self.meanPower = meanPower
        self.idlePower = idlePower
        self.uncertainty = uncertainty
        self.source = source
        self.boundary = boundary
    }
}
