import Document
public import Model

/// What a sheet holds that no bundle does, as its JSON carries it: who has it and the bundles can compose the sheet again.
public struct Stated: Codable, Sendable, Equatable {
    public var price: Price?
    public var noPrice: String?
    public var billing: Price.Billing?
    public var statement: Statement?
    public var vendorFigures: [VendorFigure]?
    public var training: TrainingRun?
    /// The bundles it was held against, in their order.
    public var versus: [Other]?

    /// Another bundle: which, and what the sheet calls it.
    public struct Other: Codable, Sendable, Equatable {
        public var id: String
        public var name: String
    }

    public init() {}

    init(_ additions: Additions) {
        price = additions.price
        noPrice = additions.noPrice
        billing = additions.noPrice == nil ? nil : additions.billing
        statement = additions.statement.isEmpty ? nil : additions.statement
        vendorFigures = additions.vendorFigures.isEmpty ? nil : additions.vendorFigures
        training = additions.training
        let others = additions.versus.compactMap(\.comparison.base.first).map { Other(id: $0.id, name: $0.name) }
        versus = others.isEmpty ? nil : others
    }

    /// All of it but the other machines, whose bundles it takes.
    public var additions: Additions {
        var additions = Additions()
        additions.price = price
        additions.noPrice = noPrice
        additions.billing = billing
        additions.statement = statement ?? Statement()
        additions.vendorFigures = vendorFigures ?? []
        additions.training = training
        return additions
    }

    /// What is in it, in words, for who asks what follows from no sample.
    public var words: [String] {
        [
            price != nil || noPrice != nil ? "price" : nil, statement == nil ? nil : "statement",
            vendorFigures == nil ? nil : "vendor figures", training == nil ? nil : "training run",
        ].compactMap { $0 }
    }

    /// What is wrong with it, by key; `nil` where nothing is.
    public var problem: String? {
        if let problem = price?.problem { return "price.\(problem)" }
        if let problem = training?.problem { return "training.\(problem)" }
        return nil
    }
}

extension Datasheet {
    /// `nil` where nothing was stated.
    static func stated(_ additions: Additions) -> Document.Stated? {
        guard let data = try? JSON.line(Stated(additions)), let tree = try? JSONTree(parsing: Array(data)) else {
            return nil
        }
        let stated = Document.Stated(tree)
        return stated.isEmpty ? nil : stated
    }
}

extension Document.Stated {
    fileprivate init(_ tree: JSONTree) {
        switch tree {
        case .null: self = .members([])
        case .bool(let flag): self = .flag(flag)
        case .number(let number): self = .number(number)
        case .string(let text): self = .text(text)
        case .array(let items): self = .list(items.map(Document.Stated.init))
        case .object(let members):
            self = .members(members.map { Document.Stated.Member($0.key, Document.Stated($0.value)) })
        }
    }
}
