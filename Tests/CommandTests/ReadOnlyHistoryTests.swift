import Foundation
import GRDB
import TestSupport
import Testing

/// A history that may be read and not written. Root may write everything, so there the command is run without the
/// capability that lets it.
@Suite struct ReadOnlyHistoryTests {
    private let temporary: TemporaryDirectory
    private let bundle: String
    private var folder: String { temporary.path + "/da ta" }
    private var database: String { folder + "/h?#%.sqlite" }

    init() throws {
        temporary = try TemporaryDirectory()
        bundle = try SampleBundle.write(0.1, to: temporary.path + "/base", id: "2026-base")
        for (index, id) in ["2026-one", "2026-two"].enumerated() {
            let path = temporary.path + "/" + id
            try SampleBundle.write(0.1 + Double(index) * 1e-5, to: path, id: id)
            let added = try Command.run("history", "add", path, "--database", database)
            #expect(added.status == 0, "\(added.errors)")
        }
        #expect(try Command.run("history", "baseline", "set", "main", "newest", "--database", database).status == 0)
    }

    private func read(_ arguments: [String], _ path: String, environment: [String: String] = [:]) throws -> Command {
        let without =
            "exec setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search"
        return try Command.Running(
            arguments + ["--database", path], shell: getuid() == 0 ? without + " -- \"$0\" \"$@\";" : nil,
            environment: environment
        ).wait()
    }

    /// Neither the folder nor anything in it may be written while `body` runs.
    private func locked(_ folder: String, _ body: () throws -> Void) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for name in names { chmod(folder + "/" + name, 0o444) }
        chmod(folder, 0o555)
        defer { chmod(folder, 0o755) }
        try body()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names)
    }

    private func everythingIsRead(_ path: String, runs: Int = 2) throws {
        let list = try read(["history", "list", "--json"], path)
        #expect(list.status == 0, "\(list.errors)")
        #expect(list.output.components(separatedBy: "\"id\"").count - 1 == runs, "\(list.output)")
        let show = try read(["history", "show", "2026-one"], path)
        #expect(show.output.contains("throughput"), "\(show.errors)")
        let trend = try read(["history", "trend"], path)
        #expect(trend.output.contains("\(runs) runs"), "\(trend.errors)")
        let names = try read(["history", "baseline", "list"], path)
        #expect(names.output.contains("main"), "\(names.errors)")
        let check = try read(["check", bundle, "--baseline", "main"], path)
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        #expect(try read(["history", "export"], path).output.split(separator: "\n").count > 2)
    }

    @Test func whatWasClosedIsReadInItsPlace() throws {
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["h?#%.sqlite"])
        try locked(folder) {
            // Nothing can be copied anywhere, so nothing is.
            let nowhere = ["TMPDIR": temporary.path + "/nowhere"]
            let list = try read(["history", "list"], database, environment: nowhere)
            #expect(list.status == 0 && list.output.contains("2026-two"), "\(list.errors)")
            try everythingIsRead(database)
        }
    }

    @Test func throughALinkTheFolderOfTheFileCounts() throws {
        let link = temporary.path + "/link.sqlite"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: database)
        try locked(folder) { try everythingIsRead(link) }
    }

    /// A log that nobody put into the file: its writer died, or still writes. With its index beside it, and without.
    @Test(arguments: [["-wal", "-shm"], ["-wal"]])
    func whatIsOnlyInTheLogIsReadToo(_ companions: [String]) throws {
        let writer = try DatabaseQueue(path: database)
        try writer.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        try writer.write { db in try db.execute(sql: "UPDATE baseline SET name = 'main'") }
        try writer.write { db in try db.execute(sql: "DELETE FROM baseline") }
        try writer.write { db in
            try db.execute(sql: "INSERT INTO baseline SELECT 'main', max(id), 0 FROM run")
            try db.execute(sql: "INSERT INTO baseline SELECT 'logged', max(id), 0 FROM run")
        }
        let copy = temporary.path + "/copy"
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for suffix in [""] + companions {
            try FileManager.default.copyItem(atPath: database + suffix, toPath: copy + "/history.sqlite" + suffix)
        }
        try writer.close()
        try locked(copy) {
            try everythingIsRead(copy + "/history.sqlite")
            #expect(try read(["history", "baseline", "list"], copy + "/history.sqlite").output.contains("logged"))
        }
    }

    @Test func whatWritesSaysWhyItCannot() throws {
        try locked(folder) {
            for command in [
                ["history", "add", bundle], ["history", "prune", "--keep", "0"],
                ["history", "baseline", "remove", "main"],
            ] {
                let done = try read(command, database)
                #expect([73, 74].contains(done.status), "\(command): \(done.status) \(done.errors)")
                #expect(done.errors.contains(database), "\(command): \(done.errors)")
                #expect(done.errors.contains("read-only") || done.errors.contains("cannot be opened"), "\(done.errors)")
            }
            chmod(database, 0o000)
            defer { chmod(database, 0o444) }
            let closed = try read(["history", "list"], database)
            #expect(closed.status == 74)
            #expect(closed.errors.contains("cannot be read: Permission denied"), "\(closed.errors)")
        }
    }
}
