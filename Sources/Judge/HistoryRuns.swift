public import Model

extension HistoryRun {
    /// Of a recording what the history keeps: a hundredth of the bundle, and the same verdicts.
    public init(_ recording: Recording) {
        let bundle = recording.bundle
        var values = RunValues(recording)
        for result in values.results.indices {
            for metric in values.results[result].metrics.indices {
                for process in values.results[result].metrics[metric].processes.indices {
                    values.results[result].metrics[metric].processes[process].samples = []
                }
            }
        }
        let commit = bundle.tool.commit.prefix(12) + (bundle.tool.modified ? ", with changes" : "")
        self.init(
            values: values, seed: bundle.plan.seed, arguments: bundle.plan.arguments, interrupted: bundle.interrupted,
            facts: Fingerprint.facts(bundle.machine) + [Fact(.tool, "Assay", "\(bundle.tool.version) (\(commit))")])
    }
}
