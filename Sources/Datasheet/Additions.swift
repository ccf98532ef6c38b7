public import Model

/// What a sheet may hold that is in no bundle: stated by whoever renders it, and marked as that.
public struct Additions: Sendable, Equatable {
    /// Takes the place of the bundle's own price.
    public var price: Price?
    /// Why a price list that was given brought no price.
    public var noPrice: String?
    /// What was asked of a price list.
    public var billing: Price.Billing?
    /// Takes the place, part by part, of the bundle's own statement.
    public var statement = Statement()
    /// Counts up with each correction of the sheet.
    public var revision = 1
    public var vendorFigures: [VendorFigure] = []
    /// A training run whose time and cost are projected.
    public var training: TrainingRun?
    /// Other machines, or runs, that this one is held against.
    public var versus: [Versus] = []
    /// Whether host name, serial numbers and addresses stay, where the bundle has them.
    public var includesIdentifiers = false

    public init() {}

    /// Whether the bundle alone no longer gives the sheet.
    var isEmpty: Bool { self == Additions() || self == Additions.withIdentifiers }

    private static let withIdentifiers: Additions = {
        var additions = Additions()
        additions.includesIdentifiers = true
        return additions
    }()
}
