import Document
import Judge
import Model

/// What a site's page of comparisons may say of two bundles: the judge's words and no others.
enum SiteVerdicts {
    /// So many bundles have all their pairs judged beforehand; the pairs of more would take longer than the site.
    static let most = 12

    static func marks(_ bundle: Bundle) -> [String: Catalogue.Mark] {
        Dictionary(
            bundle.measurements.map { measurement in
                let likeness = Likeness(measurement.case, measurement.implementation)
                return (
                    measurement.case.id,
                    Catalogue.Mark(subject: likeness.planned, maker: likeness.implementation)
                )
            }
        ) { first, _ in first }
    }

    /// Without the samples, which only the intervals of changes are made of.
    static func values(_ recording: Recording, _ name: String) -> RunValues {
        var values = RunValues(recording, name: name)
        for result in values.results.indices {
            for metric in values.results[result].metrics.indices {
                for process in values.results[result].metrics[metric].processes.indices {
                    values.results[result].metrics[metric].processes[process].samples = []
                }
            }
        }
        return values
    }

    /// As `assay compare BASE NEW` decides without options, of cases with one identity on both sides.
    static func against(_ id: String, base: RunValues, new: RunValues) -> Catalogue.Against {
        var options = Judge.Options()
        options.resamples = 0
        let pairs = Judge.compare(base: [base], new: new, options: options).pairs
        return Catalogue.Against(
            id: id,
            verdicts: pairs.filter { $0.base != nil && $0.new != nil }.map { pair in
                Catalogue.Against.Verdict(
                    item: pair.case.id, measure: pair.metric, word: pair.verdict.rawValue, reason: pair.reason)
            })
    }
}
