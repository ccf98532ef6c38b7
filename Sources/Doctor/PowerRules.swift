import Model

extension Doctor {
    /// Source by source, as `Power` surveyed them.
    @Sendable static func power(_ e: Examination) -> [Entry] {
        e.machine.power.map { survey in
            let subject = Subject("power.\(key(survey.source))", .power, "\(survey.source), \(survey.boundary)")
            return survey.available
                ? subject.available(survey.finding) : subject.unavailable(survey.finding, mend(e, survey.mend))
        }
    }

    /// `powercap RAPL` as `powercapRAPL`.
    private static func key(_ source: String) -> String {
        let words = source.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return words.enumerated().map { $0 == 0 ? String($1) : $1.prefix(1).uppercased() + $1.dropFirst() }.joined()
    }

    /// A survey's mend is a command where it begins like one, else advice.
    private static func mend(_ e: Examination, _ words: String) -> Mend {
        let sudo = "sudo "
        guard words.hasPrefix(sudo) else {
            return .nothing(words == "nothing to do" ? "this machine has none that Assay could read" : words)
        }
        return e.asRoot(String(words.dropFirst(sudo.count)))
    }
}
