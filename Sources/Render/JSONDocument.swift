public import Document

/// JSON, schema `assay.datasheet/1`: everything the sheet says, and with every number of a measurement its value in the
/// base unit, its interval, and the case and metric it comes from, so that it can be computed again.
public enum JSONDocument {
    public static let schema = "assay.datasheet/1"

    public static func render(_ document: Document) -> String {
        JSONText.members([
            ("schema", .string(schema)), ("kind", .string(document.kind)), ("title", .string(document.title)),
            ("metadata", .object(document.metadata.map { ($0.key, datum($0.value)) })),
            ("stated", document.stated.map(stated)),
            ("result", .string(document.result)), ("identity", .string(document.identity.text)),
            ("finding", document.finding.map { .string($0.text) } ?? .null),
            (
                "stamp",
                .object([
                    ("word", .string(document.stamp.word)), ("reason", .string(document.stamp.reason.text)),
                ])
            ), ("glance", glance(document.glance)), ("sections", .array(document.sections.map(section))),
            ("results", results(document.dataset)), ("colophon", .string(document.colophon.text)),
        ]).write()
    }

    private static func stated(_ value: Document.Stated) -> JSONText {
        switch value {
        case .text(let text): .string(text)
        case .number(let number): .number(number)
        case .flag(let flag): .boolean(flag)
        case .list(let items): .array(items.map(stated))
        case .members(let members): .object(members.map { ($0.name, stated($0.value)) })
        }
    }

    private static func glance(_ glance: Document.Glance) -> JSONText {
        let headlines = glance.headlines.rows.map { row in
            JSONText.members([
                ("label", .string(row.label)), ("note", .string(row.note)), ("value", .string(row.value)),
                ("interval", .string(row.interval)), ("share", cell(row.share)),
                ("quantity", row.quantity.flatMap(quantity)),
            ])
        }
        return .members([
            ("number", .integer(glance.number)), ("title", .string(glance.title)),
            ("common", .string(glance.headlines.common)), ("headlines", .array(headlines)),
            ("cautions", .array(glance.caution.items.map { .string($0.text) })),
            ("figure", glance.figure.map(figure)), ("facts", definitions(glance.facts.items)),
        ])
    }

    private static func section(_ section: Document.Section) -> JSONText {
        .object([
            ("number", .integer(section.number)), ("title", .string(section.title)),
            ("finding", section.finding.map { .string($0.text) } ?? .null),
            ("blocks", .array(section.blocks.map(block))),
        ])
    }

    static func datum(_ datum: Document.Datum) -> JSONText {
        switch datum {
        case .text(let text): .string(text)
        case .number(let number): .number(number)
        case .missing: .null
        }
    }

    /// `nil` for a number that JSON cannot hold: better none than a wrong one.
    static func quantity(_ quantity: Document.Quantity) -> JSONText? {
        guard quantity.value.isFinite else { return nil }
        var interval: JSONText?
        if let lower = quantity.lower, let upper = quantity.upper, let level = quantity.level, lower.isFinite,
            upper.isFinite, level.isFinite
        {
            interval = .object([("lower", .number(lower)), ("upper", .number(upper)), ("level", .number(level))])
        }
        let sources = quantity.sources.map { source in
            JSONText.object([("case", .string(source.item)), ("metric", .string(source.measure))])
        }
        let constants = quantity.constants.filter(\.value.isFinite).map { ($0.name, JSONText.number($0.value)) }
        return .members([
            ("value", .number(quantity.value)), ("unit", .string(quantity.unit)), ("interval", interval ?? .null),
            ("count", quantity.count.map { .integer($0) }), ("sources", .array(sources)),
            ("formula", .optional(quantity.formula)), ("constants", constants.isEmpty ? nil : .object(constants)),
        ])
    }

    /// A row a metric, fields by name.
    private static func results(_ dataset: Document.Dataset) -> JSONText {
        .array(
            dataset.rows.map { row in
                .object(
                    zip(dataset.fields, row.values).map { ($0, datum($1)) }
                        + [("quantity", row.quantity.flatMap(quantity) ?? .null)])
            })
    }

    static func definitions(_ items: [Document.Definition]) -> JSONText {
        .array(items.map { .object([("term", .string($0.term)), ("meaning", .string($0.meaning.text))]) })
    }
}
