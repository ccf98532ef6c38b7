/// Rules of honest reporting, held against a bundle or a datasheet.
public enum Lint {
    /// All rules, in the order of their documentation.
    public static let rules: [Rule] =
        ConfigurationRules.all + UnitRules.all + IntervalRules.all + EstimatorRules.all + SampleRules.all
        + ComparisonRules.all + OmissionRules.all + ProxyRules.all + PowerRules.all + CostRules.all
        + WordingRules.all + PlotRules.all

    /// Everything that does not hold, by rule, and within a rule in the order of the file.
    public static func findings(_ exhibit: Exhibit) -> [Finding] {
        rules.flatMap { rule in
            rule.check(exhibit).map { trace in
                Finding(
                    rule: rule.id, severity: trace.severity ?? rule.severity, place: trace.place,
                    problem: trace.problem, mend: rule.mend)
            }
        }
    }
}
