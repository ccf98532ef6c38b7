import GRDB
public import Model
public import struct Model.RecordError

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension HistoryStore {
    /// A name of a baseline: letters, digits and `. _ -`, and nothing that could be taken for an option or a path.
    public static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        func isPlain(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        return isPlain(first) && text.utf8.allSatisfy { isPlain($0) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    /// Makes `runs` what `name` stands for, in the place of what it stood for before.
    public func setBaseline(_ name: String, runs: [String]) throws(RecordError) {
        try write("setting the baseline \(name)") { db in
            let rows = try runs.map { try row(db, $0) }
            try db.execute(sql: "DELETE FROM baseline WHERE name = ?", arguments: [name])
            let now = Date().timeIntervalSince1970.rounded()
            for row in Set(rows) {
                try db.execute(sql: "INSERT INTO baseline VALUES (?, ?, ?)", arguments: [name, row, now])
            }
        }
    }

    /// - Returns: whether there was one.
    public func removeBaseline(_ name: String) throws(RecordError) -> Bool {
        try write("removing the baseline \(name)") { db in
            try db.execute(sql: "DELETE FROM baseline WHERE name = ?", arguments: [name])
            return db.changesCount > 0
        }
    }

    public func baselines() throws(RecordError) -> [Baseline] {
        try read("listing the baselines") { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT baseline.name AS name, run.name AS run, setAt FROM baseline JOIN run ON run.id = baseline.run
                    ORDER BY baseline.name, run.created
                    """)
            var all: [Baseline] = []
            for row in rows {
                let name: String = try row.decode(forColumn: "name")
                let run: String = try row.decode(forColumn: "run")
                if all.last?.name == name {
                    all[all.count - 1].runs.append(run)
                } else {
                    let time: Double = try row.decode(forColumn: "setAt")
                    all.append(Baseline(name: name, runs: [run], set: Date(timeIntervalSince1970: time)))
                }
            }
            return all
        }
    }

    /// The runs that `name` stands for; empty where it is no baseline.
    public func runs(ofBaseline name: String) throws(RecordError) -> [HistoryRun] {
        let names = try baselines().first { $0.name == name }?.runs ?? []
        var runs: [HistoryRun] = []
        for name in names { runs.append(try run(name)) }
        return runs
    }

    static func baselineNames(_ db: Database) throws -> [Int64: [String]] {
        var names: [Int64: [String]] = [:]
        for row in try Row.fetchAll(db, sql: "SELECT name, run FROM baseline ORDER BY name") {
            names[row["run"], default: []].append(try row.decode(forColumn: "name"))
        }
        return names
    }
}
