import Foundation
import GRDB
import TestSupport
import Testing

/// Whatever is wrong with a file that the gate reads: exit code 65, and the place.
@Suite struct DamageCommandTests {
    private let folder: TemporaryDirectory
    private let base: String
    private let new: String
    private var database: String { folder.path + "/history.sqlite" }

    init() throws {
        folder = try TemporaryDirectory()
        base = try SampleBundle.write(0.1, to: folder.path + "/base", id: "base")
        new = try SampleBundle.write(0.1, to: folder.path + "/new", id: "again")
    }

    private func refused(_ arguments: [String], _ place: String, _ problem: String) throws {
        let done = try Command.Running(arguments, shell: nil, environment: [:]).wait()
        #expect(done.status == 65, "\(arguments): \(done.status) \(done.output)\(done.errors)")
        #expect(done.errors.contains(place), "\(arguments): \(done.errors)")
        #expect(done.errors.contains(problem), "\(arguments): \(done.errors)")
        #expect(done.output.isEmpty, "\(arguments): \(done.output)")
    }

    enum Harm: String, CaseIterable, Sendable {
        case empty, text, header, half, pages, foreign, newer

        var problem: String {
            switch self {
            case .empty: "is empty"
            case .text: "is not an SQLite database"
            case .header: "is cut off within its header, at byte 50"
            case .half: "is cut off: "
            case .pages: "is damaged"
            case .foreign: "is an SQLite database, but no history of Assay"
            case .newer: "was written by a newer Assay; update Assay to use it"
            }
        }

        func apply(_ path: String) throws {
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            func write(_ data: Data) throws { try data.write(to: URL(fileURLWithPath: path)) }
            switch self {
            case .empty: try write(Data())
            case .text: try write(Data(String(repeating: "no database\n", count: 500).utf8))
            case .header: try write(whole.prefix(50))
            case .half: try write(whole.prefix(whole.count / 2))
            case .pages: try write(whole.prefix(4096) + Data(repeating: 0xA5, count: whole.count - 4096))
            case .foreign:
                try FileManager.default.removeItem(atPath: path)
                try Self.execute("CREATE TABLE bookmarks (id INTEGER)", path)
            case .newer: try Self.execute("INSERT INTO grdb_migrations VALUES ('9 from the future')", path)
            }
        }

        private static func execute(_ sql: String, _ path: String) throws {
            let queue = try DatabaseQueue(path: path)
            try queue.write { db in try db.execute(sql: sql) }
            try queue.close()
        }
    }

    @Test(arguments: Harm.allCases)
    func aDatabaseIsRefusedByWhoeverReadsIt(_ harm: Harm) throws {
        let place = ["--database", database]
        #expect(try Command.run("history", "add", base, "--database", database).status == 0)
        #expect(try Command.run("history", "baseline", "set", "main", "base", "--database", database).status == 0)
        try harm.apply(database)
        let before = try Data(contentsOf: URL(fileURLWithPath: database))
        for command in [
            ["history", "list"], ["history", "show", "base"], ["history", "trend"], ["history", "export"],
            ["history", "baseline", "list"], ["check", new, "--baseline", "main"], ["compare", "main", new],
        ] { try refused(command + place, database, harm.problem) }
        // An empty file is a history that is yet to be made.
        if harm != .empty { try refused(["history", "add", new] + place, database, harm.problem) }
        let after = try Data(contentsOf: URL(fileURLWithPath: database))
        #expect(harm == .empty || after == before)
    }

    /// What is done to a bundle, in which file, and what is said of it.
    static let bundles: [(file: String, from: String, to: String, problem: String)] = [
        ("bundle.json", "", "not JSON", "bundle.json: "), ("bundle.json", "", "[]", "bundle.json: "),
        ("bundle.json", "", #"{"schema": "org.example.run/3"}"#, "schema is org.example.run/3, not assay.bundle/1"),
        ("bundle.json", #""assay.bundle/1""#, #""assay.bundle/9""#, "is newer than this Assay reads"),
        ("bundle.json", #""status" : "valid""#, #""status" : "splendid""#, "measurements[0].status: "),
        ("bundle.json", #""better" : "higher""#, #""better" : 7"#, "measurements[0].metrics[0].better: "),
        ("samples.jsonl", #""seconds":"#, #""seconds":"soon","was":"#, "samples.jsonl: line 1: "),
        ("samples.jsonl", #""seconds":"#, #""seconds":-1,"was":"#, "samples.jsonl: line 1: "),
    ]

    @Test(arguments: bundles)
    func aBundleIsRefusedWithItsPlace(_ harm: (file: String, from: String, to: String, problem: String)) throws {
        let path = new + "/" + harm.file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changed =
            try harm.from.isEmpty
            ? harm.to : text.replacingCharacters(in: #require(text.range(of: harm.from)), with: harm.to)
        try changed.write(toFile: path, atomically: true, encoding: .utf8)
        for command in [
            ["compare", base, new], ["check", new, "--baseline", base], ["check", base, "--baseline", new],
            ["reproduce", new], ["reproduce", base, "--with", new], ["history", "add", new, "--database", database],
            ["datasheet", base, "--versus", new, "--output", folder.path + "/sheet"],
        ] { try refused(command, path, harm.problem) }
    }

    @Test(arguments: ["bundle.json", "samples.jsonl"])
    func aBundleThatIsCutOffIsRefused(_ file: String) throws {
        let path = new + "/" + file
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for share in [0.3, 0.99] {
            try whole.prefix(Int(Double(whole.count) * share)).write(to: URL(fileURLWithPath: path))
            try refused(
                ["check", new, "--baseline", base], path, file == "samples.jsonl" ? "is cut off" : "bundle.json")
        }
    }

    @Test(arguments: [
        ("", "policy.yaml: is empty"), ("must-not: [regressed", "policy.yaml:1: not YAML"),
        ("max-regression: 3%\nmust-not: [regressed, inc", "policy.yaml:2: not YAML"),
        ("suite: mine\ncases:\n  - {workload: x}\n", "policy.yaml:1: unknown key suite"),
        ("max-regression: 3%\nwaivers: []\n", "policy.yaml:2: unknown key waivers"),
        (#"{"schema": "assay.bundle/1"}"#, "policy.yaml:1: unknown key schema"),
        ("max-regression: 3%\nmax-regression: 4%\n", "the key max-regression is there twice"),
        ("max-regression: \u{0}", "policy.yaml"), ("- 1", "policy.yaml:1: "),
        (String(repeating: "# nothing\n", count: 30_000), "longer than 256 KiB; a policy is a page or two"),
    ])
    func aPolicyIsRefusedWithItsLine(text: String, problem: String) throws {
        let policy = folder.path + "/policy.yaml"
        try Data(text.utf8).write(to: URL(fileURLWithPath: policy))
        try refused(["check", new, "--baseline", base, "--policy", policy], policy, problem)
    }

    @Test func aPolicyThatIsNoTextIsRefused() throws {
        let policy = folder.path + "/policy.yaml"
        try Data([0x6D, 0xFF, 0xFE, 0x00]).write(to: URL(fileURLWithPath: policy))
        try refused(["check", new, "--baseline", base, "--policy", policy], policy, "is not UTF-8 text")
        try refused(["check", new, "--baseline", base, "--policy", base], base, "is not a file")
    }
}
