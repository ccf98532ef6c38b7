import Document

extension Datasheet {
    /// The words of this sheet that are not everyday words.
    static let glossary: [Document.Definition] = [
        Document.Definition("backend", "who computes: reference, simd, onednn, cblas, cuda"),
        Document.Definition("bundle", "the directory a run leaves: the one source from which every report is derived"),
        Document.Definition(
            "canary", "a short loop of known cost, run around a process to see whether something disturbed the machine"),
        Document.Definition("case", "workload × backend × scenario × placement; has a stable identity"),
        Document.Definition(
            "ceiling",
            "the highest rate this machine reached in a loop written to reach it; measured, not taken from a vendor"),
        Document.Definition("efficiency", "speed-up divided by the number of threads"),
        Document.Definition("interval", "range that covers the true median of processes with the stated confidence"),
        Document.Definition("noise floor", "how far two runs of the same thing on this machine lie apart"),
        Document.Definition(
            "operational intensity", "floating-point operations for each byte of operands read and results written"),
        Document.Definition("placement", "threads, the processing units they are bound to, where their memory lies"),
        Document.Definition(
            "process",
            "one fresh child process that measures one case; several per case, so that luck in memory layout shows"),
        Document.Definition("sample", "one timed batch of iterations"),
        Document.Definition(
            "scenario",
            "how work arrives: offline (all at once), single-stream and multi-stream (one query after the other), server (at random times)"
        ),
        Document.Definition("share", "a value over the measured ceiling that binds it, with as many threads"),
        Document.Definition("steal", "time the hypervisor gave to someone else while this guest wanted to run"),
        Document.Definition(
            "valid, unconverged, noisy, skipped, failed",
            "the five statuses a case can have; none is left out of the sheet"),
        Document.Definition(
            "slower, faster, equivalent, inconclusive, not comparable",
            "the verdicts of a comparison between machines; between runs, regressed and improved take the place of the first two"
        ),
    ]
}
