import GRDB
public import Model
public import struct Model.RecordError

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A line of an export. Parts come before the first run that needs them.
struct ExportLine: Codable {
    static let schema = "assay.history-export/1"
    var schema: String?
    var part: String?
    var run: StoredRun?
    /// Baselines of `run`.
    var baselines: [String]?
}

extension HistoryStore {
    /// All runs as JSON lines, oldest first, each handed to `write` as it is made.
    ///
    /// - Parameter runs: ids; all where it is empty.
    /// - Returns: how many runs.
    @discardableResult
    public func export(_ runs: [String] = [], write: (Data) throws -> Void) throws(RecordError) -> Int {
        try read("exporting") { db in
            let rows =
                runs.isEmpty
                ? try Int64.fetchAll(db, sql: "SELECT id FROM run ORDER BY created, id")
                : try runs.map { try row(db, $0) }
            let names = try Self.baselineNames(db)
            try write(try JSON.line(ExportLine(schema: ExportLine.schema)))
            var told: Set<String> = []
            for row in rows {
                let whole = try Self.whole(db, row)
                for (hash, json) in whole.parts.sorted(by: { $0.key < $1.key }) where told.insert(hash).inserted {
                    try write(try JSON.line(ExportLine(part: json)))
                }
                try write(try JSON.line(ExportLine(run: whole.run, baselines: names[row])))
            }
            return rows.count
        }
    }

    /// Takes lines that `export` wrote, each run in a transaction of its own.
    public struct Import {
        /// The longest line that is read.
        public static let longest = 32 << 20
        let store: HistoryStore
        let name: String
        private var parts: [String: String] = [:]
        private var line = 0
        public private(set) var added = 0
        public private(set) var replaced = 0

        /// - Parameter name: of the file, for errors.
        public init(into store: HistoryStore, from name: String) {
            self.store = store
            self.name = name
        }

        public mutating func take(_ data: Data) throws(RecordError) {
            line += 1
            guard data.count <= Self.longest else { throw problem("is longer than \(Self.longest >> 20) MiB") }
            let entry: ExportLine
            do {
                entry = try JSON.decode(ExportLine.self, from: data)
            } catch {
                throw problem("\(error)")
            }
            if line == 1 {
                guard entry.schema == ExportLine.schema else {
                    throw problem("schema is \(entry.schema?.prefix(60) ?? "missing"), not \(ExportLine.schema)")
                }
            } else if let json = entry.part {
                let part = Part(json: json)
                parts[part.hash] = part.json
            } else if let run = entry.run {
                try take(run, entry.baselines ?? [])
            } else {
                throw problem("holds neither a part nor a run")
            }
        }

        private mutating func take(_ run: StoredRun, _ baselines: [String]) throws(RecordError) {
            let whole = WholeRun(run: run, parts: parts)
            do {
                // What cannot be restored is not taken: a line is wrong here, where it can be named.
                _ = try whole.history()
            } catch {
                throw problem("run \(run.reference.id.prefix(40)): \(error)")
            }
            for baseline in baselines where !HistoryStore.isName(baseline) {
                throw problem("\(baseline.prefix(60)) is no name of a baseline")
            }
            let addition = try store.insert(whole)
            if addition == .added { added += 1 } else { replaced += 1 }
            for baseline in baselines { try store.addToBaseline(baseline, run: run.reference.id) }
        }

        private func problem(_ text: String) -> RecordError {
            RecordError(.badInput, path: name, problem: "line \(line): \(text)")
        }
    }

    private func addToBaseline(_ name: String, run: String) throws(RecordError) {
        try write("setting the baseline \(name)") { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO baseline VALUES (?, ?, ?)",
                arguments: [name, try row(db, run), Date().timeIntervalSince1970.rounded()])
        }
    }
}
