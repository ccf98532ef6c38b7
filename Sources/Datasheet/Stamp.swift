import Document
import Model

extension Datasheet {
    /// VALID, INVALID or UNVERIFIED, by three questions in this order.
    ///
    /// INVALID: the sheet contradicts itself or the run is not whole: files changed since, interrupted, a wrong result, a planned case without
    /// a trace, or nothing measured. UNVERIFIED: nothing is wrong, but a reader cannot trace it: samples missing or
    /// unhashed, or a tool whose source is not known. VALID says that neither holds; not that every case converged.
    static func stamp(_ reading: Reading) -> Document.Stamp {
        let invalid = invalidReasons(reading)
        let unverified = unverifiedReasons(reading)
        let word = !invalid.isEmpty ? "INVALID" : !unverified.isEmpty ? "UNVERIFIED" : "VALID"
        let reasons = invalid.isEmpty ? unverified : invalid
        let why = reasons.map { $0 + "." }.joined(separator: " ")
        return Document.Stamp(
            word: word, reason: Prose(why.isEmpty ? "" : why + " ") + counts(reading), isCaution: word != "VALID")
    }

    /// `12 of 14 cases valid; 2 are not, with reasons in §14.`
    private static func counts(_ reading: Reading) -> Prose {
        let valid = reading.count(.valid)
        let rest = reading.asked - valid
        let total = Words.count(reading.asked, "case")
        if reading.asked == 0 { return "No case was planned." }
        if rest == 0 { return "\(valid) of \(total) valid." }
        return "\(valid) of \(total) valid; \(rest) \(rest == 1 ? "is" : "are") not, with reasons in \(section: 14)."
    }

    static func invalidReasons(_ reading: Reading) -> [String] {
        var reasons: [String] = []
        let findings = reading.recording.findings.count
        if findings > 0 {
            reasons.append("Verification found \(Words.count(findings, "fault")): see assay verify")
        }
        if let cause = reading.bundle.interrupted { reasons.append("The run was interrupted (\(cause))") }
        let wrong = reading.bundle.measurements.count { $0.check.map { !$0.passes } ?? false }
        if wrong > 0 { reasons.append("\(Words.count(wrong, "case")) computed a wrong result") }
        let missing = reading.unaccounted.count
        if missing > 0 { reasons.append("\(Words.count(missing, "planned case")) left no trace") }
        if reading.measured.isEmpty { reasons.append("No case was measured") }
        return reasons
    }

    static func unverifiedReasons(_ reading: Reading) -> [String] {
        var reasons: [String] = []
        if reading.recording.files.isEmpty { reasons.append("The raw files carry no hashes") }
        let unmatched = processesWithoutTheirSamples(reading)
        if unmatched > 0 {
            reasons.append(
                "\(Words.count(unmatched, "process", "processes")) recorded more or fewer samples than are here")
        }
        let unchecked = reading.kernels.count { $0.check == nil }
        if unchecked > 0 { reasons.append("\(Words.count(unchecked, "measured case")) carried no check of its result") }
        if reading.bundle.tool.modified { reasons.append("The tool was built from a modified tree") }
        if reading.bundle.tool.commit == "unknown" { reasons.append("The tool’s commit is unknown") }
        return reasons
    }

    /// Completed processes whose samples in the raw file are not as many as they took.
    private static func processesWithoutTheirSamples(_ reading: Reading) -> Int {
        return reading.bundle.processes.count { record in
            guard case .completed = record.outcome else { return false }
            return reading.samples.count(record) != record.samples
        }
    }
}
