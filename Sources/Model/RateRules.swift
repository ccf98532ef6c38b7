import Statistics

/// When a rate of the server scenario is valid: LoadGen's conditions, as far as they follow from what is recorded.
public enum RateRules {
    /// Fresh processes in which a found rate is to be confirmed.
    public static let confirmations = 3

    /// Why traffic does not make its rate valid; `nil` where it does.
    public static func refusal(queries: Int, over: Int, end: Traffic.End, percentile: Double) -> String? {
        guard queries > 0 else { return "no query was completed" }
        let words = "\(over) of \(queries) queries over the bound"
        if end == .hopeless { return words + ", too many for those that were still to come" }
        guard let allowed = LoadGen.overAllowed(count: queries, percentile: percentile) else {
            let needed = LoadGen.needed(over: 0, percentile: percentile) ?? 0
            return "\(queries) queries; early stopping needs \(needed)"
        }
        if over > allowed { return words + ", \(allowed) may be" }
        return end == .timeCap ? "its time was over after \(queries) queries" : nil
    }

    /// The rate to confirm: the lower end of the 95 % interval of what the processes found, or the lowest where they are too
    /// few for one.
    public static func rateToConfirm(_ found: [Double]) -> Double? {
        Order.medianInterval(found, level: 0.95)?.lower ?? found.min()
    }
}

extension Traffic {
    /// Why its rate is not valid; `nil` where it is, or where there is none.
    public func refusal(_ settings: ScenarioSettings) -> String? {
        guard rate != nil else { return nil }
        return RateRules.refusal(
            queries: queries, over: overLatency ?? 0, end: end, percentile: settings.percentile)
    }
}

extension ProcessRecord {
    /// The valid rate that it found for itself; `nil` where it did not look, or found none that held.
    public func foundRate(_ settings: ScenarioSettings) -> Double? {
        guard case .completed = outcome, excluded == nil, let traffic, traffic.role == .search,
            traffic.refusal(settings) == nil
        else { return nil }
        return traffic.rate
    }
}
