extension Document {
    /// What was stated when the text was made and is not in its source: kept, so that a program can make the text again.
    public indirect enum Stated: Sendable, Equatable {
        case text(String)
        case number(Double)
        case flag(Bool)
        case list([Stated])
        case members([Member])

        public struct Member: Sendable, Equatable {
            public var name: String
            public var value: Stated

            public init(_ name: String, _ value: Stated) {
                self.name = name
                self.value = value
            }
        }

        public var isEmpty: Bool {
            switch self {
            case .list(let items): items.isEmpty
            case .members(let members): members.isEmpty
            case .text, .number, .flag: false
            }
        }
    }
}
