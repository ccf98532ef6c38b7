/// Running text: plain, strong, code, and links to sections of the same document.
///
/// Written as an interpolated literal; what is interpolated stays data and can never become markup.
public struct Prose: Sendable, Equatable {
    public enum Run: Sendable, Equatable {
        case plain(String)
        case strong(String)
        case code(String)
        case link(String, section: Int)

        /// What is read, whatever the markup.
        public var text: String {
            switch self {
            case .plain(let text), .strong(let text), .code(let text), .link(let text, _): text
            }
        }
    }

    public var runs: [Run]

    public init(runs: [Run]) { self.runs = runs }

    public init(_ text: String) { runs = text.isEmpty ? [] : [.plain(text)] }

    /// The words without markup.
    public var text: String { runs.map(\.text).joined() }

    public static func + (left: Prose, right: Prose) -> Prose { Prose(runs: left.runs + right.runs) }

    /// The parts with `separator` between them.
    public static func joined(_ parts: [Prose], separator: String) -> Prose {
        var runs: [Run] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { runs.append(.plain(separator)) }
            runs += part.runs
        }
        return Prose(runs: runs)
    }
}

extension Prose: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol {
        var runs: [Run] = []

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { runs.append(.plain(literal)) }
        }
        public mutating func appendInterpolation(_ text: String) { appendLiteral(text) }
        public mutating func appendInterpolation(_ count: Int) { runs.append(.plain(String(count))) }
        public mutating func appendInterpolation(_ prose: Prose) { runs += prose.runs }
        public mutating func appendInterpolation(strong text: String) { runs.append(.strong(text)) }
        public mutating func appendInterpolation(code text: String) { runs.append(.code(text)) }
        /// `§14`, as a link.
        public mutating func appendInterpolation(section number: Int) {
            runs.append(.link("§\(number)", section: number))
        }
    }

    public init(stringLiteral value: String) { self.init(value) }
    public init(stringInterpolation: StringInterpolation) { runs = stringInterpolation.runs }
}
