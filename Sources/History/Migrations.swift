import GRDB

/// The tables. A step that was released is never changed: what comes later is a step of its own.
enum Migrations {
    /// `ASSY`, in the header of every file of ours.
    static let applicationID: Int32 = 0x4153_5359

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 runs, parts, series, baselines") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: firstTables)
        }
        return migrator
    }

    /// Points lie by series, so that a trend reads neighbouring pages.
    private static let firstTables = """
        CREATE TABLE part (
            id INTEGER PRIMARY KEY,
            hash TEXT NOT NULL UNIQUE,
            json TEXT NOT NULL
        );
        CREATE TABLE machine (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL
        );
        CREATE TABLE run (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            created REAL NOT NULL,
            machine INTEGER NOT NULL REFERENCES machine(id),
            suite TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            facts INTEGER NOT NULL REFERENCES part(id),
            interrupted TEXT,
            measured INTEGER NOT NULL,
            cases INTEGER NOT NULL,
            head TEXT NOT NULL
        );
        CREATE INDEX runByTime ON run(machine, created);
        CREATE TABLE runPart (
            run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            part INTEGER NOT NULL REFERENCES part(id),
            PRIMARY KEY (run, part)
        ) WITHOUT ROWID;
        CREATE TABLE result (
            run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            caseID TEXT NOT NULL,
            detail INTEGER NOT NULL REFERENCES part(id),
            status TEXT NOT NULL,
            reason TEXT,
            PRIMARY KEY (run, position)
        ) WITHOUT ROWID;
        CREATE TABLE series (
            id INTEGER PRIMARY KEY,
            machine INTEGER NOT NULL REFERENCES machine(id),
            caseID TEXT NOT NULL,
            metric TEXT NOT NULL,
            workload TEXT NOT NULL,
            backend TEXT NOT NULL,
            threads INTEGER NOT NULL,
            unit TEXT NOT NULL,
            better TEXT NOT NULL,
            UNIQUE (machine, caseID, metric)
        );
        CREATE TABLE point (
            series INTEGER NOT NULL REFERENCES series(id),
            run INTEGER NOT NULL REFERENCES run(id),
            position INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            value REAL NOT NULL,
            lower REAL,
            upper REAL,
            level REAL,
            count INTEGER NOT NULL,
            status TEXT NOT NULL,
            detail INTEGER NOT NULL REFERENCES part(id),
            processes BLOB NOT NULL,
            PRIMARY KEY (series, run)
        ) WITHOUT ROWID;
        CREATE TABLE baseline (
            name TEXT NOT NULL,
            run INTEGER NOT NULL REFERENCES run(id) ON DELETE RESTRICT,
            setAt REAL NOT NULL,
            PRIMARY KEY (name, run)
        ) WITHOUT ROWID;
        """
}
