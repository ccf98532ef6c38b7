import Document
import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Datasheet {
    /// §1: what this is, when, by whom, and what its stamp means.
    static func identity(_ reading: Reading) -> Document.Section {
        let bundle = reading.bundle
        let rows: [(String, Prose)] = [
            ("Result", "\(code: bundle.id)"),
            ("Measured", Prose(measured(bundle))),
            (
                "Resumed",
                Prose(bundle.resumed == 0 ? "never: one run from end to end" : Words.count(bundle.resumed, "time"))
            ),
            ("Title", Prose(reading.statement.title ?? title(bundle.machine))),
            ("Revision", Prose(revision(reading.additions))), ("Run by", stated(reading.statement.runBy)),
            ("Paid by", stated(reading.statement.paidBy)), ("Availability", availability(reading.statement)),
            ("Status", stampMeaning(stamp(reading).word)),
        ]
        return Document.Section(
            number: Number.identity, title: "Identity",
            blocks: [.table(.facts("Who, when, and what the stamp means", rows))])
    }

    private static func stated(_ text: String?) -> Prose { Prose(text.map { "\($0) (as stated)" } ?? "not stated") }

    private static func revision(_ additions: Additions) -> String {
        additions.revision == 1 ? "1: no correction so far" : "\(additions.revision): corrected from the same bundle"
    }

    private static func availability(_ statement: Statement) -> Prose {
        if let text = statement.availability { return Prose("\(text) (as stated)") }
        return
            "Not stated. Hardware: in use on the day of measurement. Software: versions in \(section: Number.software)"
    }

    /// From when to when; a resumed run stood still for a time that nothing records, so it has no end here.
    private static func measured(_ bundle: Bundle) -> String {
        let begun = "\(Words.day(bundle.created)), \(Words.time(bundle.created))"
        guard bundle.resumed == 0 else {
            return "Begun \(begun) UTC; measuring took \(Words.duration(bundle.duration)) in all, without the pauses"
        }
        let end = bundle.created.addingTimeInterval(bundle.duration.isFinite ? bundle.duration : 0)
        return "\(begun)–\(Words.time(end)) UTC"
    }

    private static func stampMeaning(_ word: String) -> Prose {
        switch word {
        case "VALID":
            """
            \(strong: word): the run is whole, no result was wrong, every planned case is accounted for, each process has \
            the samples it took, the raw files carry hashes, and the tool’s source is known. It does not mean that every \
            case converged.
            """
        case "UNVERIFIED":
            """
            \(strong: word): nothing contradicts the figures, but they cannot be traced fully: the stamp says what is \
            missing.
            """
        default:
            """
            \(strong: word): the run is not whole or contradicts itself: the stamp says how. Its figures are shown so that \
            the reason can be found, not to be quoted.
            """
        }
    }
}

extension Document.Table {
    /// Names and values, without heads.
    static func facts(_ caption: String, _ rows: [(String, Prose)]) -> Document.Table {
        Document.Table(
            caption: caption, columns: [Document.Column(""), Document.Column("")],
            rows: rows.map { [.data($0.0), .text($0.1)] })
    }
}
