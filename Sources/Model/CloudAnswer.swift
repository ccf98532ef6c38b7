extension Cloud {
    /// Whether the machine is rented, and where: a cloud, none, or why that is not known.
    ///
    /// JSON: an object, `"none"`, or `{"unknown": "why"}`.
    public enum Answer: Sendable, Equatable {
        case known(Cloud)
        /// A real machine whose firmware names no cloud, or one on which no metadata service answers.
        case noCloud
        case unknown(String)

        public var value: Cloud? {
            if case .known(let cloud) = self { cloud } else { nil }
        }

        /// Why it is not known; `nil` where it is, and where there is no cloud.
        public var reason: String? {
            if case .unknown(let reason) = self { reason } else { nil }
        }
    }
}

extension Cloud.Answer: Codable {
    private static let none = "none"

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let word = try? container.decode(String.self) {
            guard word == Self.none else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "a text other than \"none\"")
            }
            self = .noCloud
            return
        }
        switch try container.decode(Reported<Cloud>.self) {
        case .known(let cloud): self = .known(cloud)
        case .unknown(let reason): self = .unknown(reason)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .known(let cloud): try container.encode(cloud)
        case .noCloud: try container.encode(Self.none)
        case .unknown(let reason): try container.encode(Reported<Cloud>.unknown(reason))
        }
    }
}
