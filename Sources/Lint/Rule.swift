/// One rule of honest reporting.
///
/// A rule is a value: what it is called, what it checks, how to mend what it finds, and a function from what is looked at
/// to the places where it does not hold. So the list of rules is data, and each is tested by a text that holds and one
/// that does not.
public struct Rule: Sendable {
    public enum Severity: String, Codable, Sendable { case error, warning }

    /// `STA04`: three letters of its family, two digits.
    public var id: String
    public var severity: Severity
    /// What it finds, as a phrase.
    public var title: String
    /// What to do about a finding.
    public var mend: String
    let check: @Sendable (Exhibit) -> [Trace]

    init(
        _ id: String, _ severity: Severity, _ title: String, mend: String,
        check: @escaping @Sendable (Exhibit) -> [Trace]
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.mend = mend
        self.check = check
    }
}

/// Where a rule does not hold, and what stands there.
struct Trace {
    var place: Place
    var problem: String
    /// Where the place decides: a superlative in a headline is worse than in a note.
    var severity: Rule.Severity?

    init(_ place: Place, _ problem: String, severity: Rule.Severity? = nil) {
        self.place = place
        self.problem = problem
        self.severity = severity
    }
}

/// A line of a text, or a path of keys in JSON.
public struct Place: Sendable, Equatable, Codable, CustomStringConvertible {
    public var file: String
    /// From 1; absent in JSON.
    public var line: Int?
    /// `sections[9].blocks[0].caption`; absent in text.
    public var path: String?

    public init(file: String, line: Int? = nil, path: String? = nil) {
        self.file = file
        self.line = line
        self.path = path
    }

    public var description: String {
        if let line { return "\(file):\(line)" }
        if let path, !path.isEmpty { return "\(file): \(path)" }
        return file
    }
}

/// A place where a rule does not hold, with what would mend it.
public struct Finding: Sendable, Equatable, Codable {
    public var rule: String
    public var severity: Rule.Severity
    public var place: Place
    public var problem: String
    public var mend: String
}
