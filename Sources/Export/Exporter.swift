public import Model

/// Another tool's format. A new one is a file with a type that conforms, and a line in `Exporters.all`.
public protocol Exporter: Sendable {
    /// As after `--to`: `mlperf-log`.
    var name: String { get }
    /// One line for a list: what it is and who reads it.
    var about: String { get }
    /// What the bundle says, in that format.
    ///
    /// - Returns: the files, at least one; a single one may also be printed.
    func export(_ recording: Recording) throws(ExportRefusal) -> [ExportedFile]
    /// The same, for a format that shows each process.
    func export(_ recording: Recording, figures: [ProcessFigures]) throws(ExportRefusal) -> [ExportedFile]
}

extension Exporter {
    public func export(_ recording: Recording, figures: [ProcessFigures]) throws(ExportRefusal) -> [ExportedFile] {
        try export(recording)
    }
}

/// What each process measured of one metric of one case, in the metric's unit, in the order of processes.
public struct ProcessFigures: Sendable, Equatable {
    /// Identity of the case.
    public var `case`: String
    public var metric: String
    public var values: [Double]

    public init(case: String, metric: String, values: [Double]) {
        self.case = `case`
        self.metric = metric
        self.values = values
    }
}

public struct ExportedFile: Sendable, Equatable {
    /// The folder that it lies in under the output directory, a plain name; `nil` for none.
    public var folder: String?
    /// A plain name, without directories.
    public var name: String
    public var content: String

    public init(folder: String? = nil, name: String, content: String) {
        self.folder = folder
        self.name = name
        self.content = content
    }
}

/// Why a bundle cannot be said in a format.
public struct ExportRefusal: Error, Equatable, CustomStringConvertible {
    public var reason: String
    public init(_ reason: String) { self.reason = reason }
    public var description: String { reason }
}

/// The formats there are, in the order in which they are listed.
public enum Exporters {
    public static let all: [any Exporter] = [
        MLPerfLog(), MLPerfSystem(), Benchstat(), GoogleBenchmark(), GitHubBenchmark(better: .higher),
        GitHubBenchmark(better: .lower), BencherMetrics(), OpenMetrics(), ModelIndex(), WeightsAndBiases(),
    ]

    public static func named(_ name: String) -> (any Exporter)? { all.first { $0.name == name } }
}
