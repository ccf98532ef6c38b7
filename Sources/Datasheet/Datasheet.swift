public import Document
public import Model

/// The editor: chooses sections, tables, charts and sentences from a recording, by rule.
///
/// Every sentence that depends on the run has a rule with its threshold beside it; where no rule fires, the plain name
/// is printed. Nothing here knows a format, a clock or a locale, so the same recording gives the same document.
public enum Datasheet {
    /// The hardware datasheet of one recording.
    ///
    /// - Parameter additions: what is stated beside the bundle; and whether identifiers stay.
    public static func compose(_ recording: Recording, with additions: Additions = Additions()) -> Document {
        let redaction =
            additions.includesIdentifiers ? nil : Redaction(recording.bundle, others: additions.versus.map(\.other))
        let reading = Reading(redaction?.applied(to: recording) ?? recording, additions)
        let bundle = reading.bundle
        let revision = additions.revision > 1 ? ", revision \(additions.revision)" : ""
        var document = Document(
            kind: "Assay hardware datasheet", title: reading.statement.title ?? title(bundle.machine),
            result: "Result \(bundle.id)\(revision) · \(Words.day(bundle.created))", identity: identityLine(bundle),
            finding: overallFinding(reading), stamp: stamp(reading), glance: glance(reading),
            contentsTitle: "Engineer’s part", sections: sections(reading), colophon: colophon(bundle, additions))
        document.metadata = metadata(reading, additions)
        document.stated = stated(additions)
        document.dataset = dataset(reading)
        return redaction?.applied(to: document) ?? document
    }

    /// All numbered sections but the second, which is the glance.
    static func sections(_ reading: Reading) -> [Document.Section] {
        [
            identity(reading), intendedUse(reading), systemUnderTest(reading), software(reading), tunables(reading),
            cloud(reading), vendorFigures(reading), methodology(reading), results(reading), power(reading),
            cost(reading), comparison(reading), negativeResults(reading), reproduction(reading),
            environment(reading), appendices(reading),
        ]
    }

    private static func colophon(_ bundle: Bundle, _ additions: Additions) -> Prose {
        let source =
            additions.isEmpty
            ? "The bundle is the only source; rendering it again gives the same bytes."
            : "What was stated when it was rendered is marked so; all else is from the bundle."
        return Prose(
            "Rendered by Assay from bundle \(bundle.id), measured with Assay \(bundle.tool.version). \(source) "
                + "MLPerf-style, not MLPerf results.")
    }
}

/// Numbers of the sections, for links. The order is that of the sheet.
enum Number {
    static let identity = 1
    static let glance = 2
    static let intendedUse = 3
    static let systemUnderTest = 4
    static let software = 5
    static let tunables = 6
    static let cloud = 7
    static let vendorFigures = 8
    static let methodology = 9
    static let results = 10
    static let power = 11
    static let cost = 12
    static let comparison = 13
    static let negativeResults = 14
    static let reproduction = 15
    static let environment = 16
    static let appendices = 17
}
