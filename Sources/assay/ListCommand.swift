import ArgumentParser
import Kernels
import Model
import Plan
import Probe

/// What there is, and what is available on this machine.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List suites, workloads, backends or power sources.",
        discussion: """
            Examples:
              assay list
              assay list backends
              assay list workloads --json
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case suites, workloads, backends, power
    }

    @Argument(help: "What to list.")
    var subject: Subject = .suites

    @Flag(help: "JSON instead of a table.")
    var json = false

    func run() throws {
        let entries =
            switch subject {
            case .suites: try suites()
            case .workloads: try workloads()
            case .backends: Self.backends()
            case .power: Self.power()
            }
        if json {
            let list = Listing(schema: "assay.list/1", subject: subject.rawValue, entries: entries)
            try Console.json(list)
            return
        }
        let width = entries.map(\.name.count).max() ?? 0
        for entry in entries {
            let mark = entry.available.map { $0 ? "  available    " : "  unavailable  " } ?? "  "
            Console.out(entry.name + String(repeating: " ", count: width - entry.name.count) + mark + entry.about)
        }
    }

    private func suites() throws -> [Entry] {
        try SuiteSource.catalogue().suites.map { suite in
            let cases = suite.entries.reduce(0) { $0 + $1.count }
            let more = suite.entries.contains(where: \.isSweep) ? " or, with the cores, more" : ""
            return Entry(
                name: suite.name,
                about: "\(suite.about) \(cases) cases\(more) × \(suite.rules.processes) processes.")
        }
    }

    private func workloads() throws -> [Entry] {
        try SuiteSource.catalogue().workloads.map { Entry(name: $0.name, about: "\($0.title): \($0.source)") }
    }

    private static func backends() -> [Entry] {
        Kernels.backends(KernelOptions()).map { report in
            let what = [report.library, report.path, report.reason].compactMap { $0 }.joined(separator: ", ")
            return Entry(name: report.backend.rawValue, about: what, available: report.available)
        }
    }

    private static func power() -> [Entry] {
        var options = SysrootOption.options(sysroot: nil)
        // Who asks for a list waits for the answers.
        options.isDeep = true
        return PowerSurveys.all(options).map {
            Entry(
                name: $0.source, about: "\($0.finding)" + ($0.available ? "" : "; \($0.mend)"), available: $0.available)
        }
    }

    private struct Listing: Codable {
        var schema: String
        var subject: String
        var entries: [Entry]
    }

    private struct Entry: Codable {
        var name: String
        var about: String
        var available: Bool?
    }
}
