import Foundation
import Model
import Record
import TestSupport
import Testing

private let work = Work(flops: 524_288, bytes: 49152, lookups: 0, footprint: 49152)

private func entries() -> [JournalEntry] {
    let planned = SampleRun.matmul
    return [
        .environment(reading: EnvironmentReading(t: 0)),
        .samples(lines: SampleRun.samples(planned, process: 0, seconds: 1e-6)),
        .process(record: SampleRun.record(planned, process: 0, order: 0, work: work)),
        .samples(lines: SampleRun.samples(planned, process: 1, seconds: 1e-6)),
    ]
}

func write(_ directory: String) throws {
    let journal = try Journal(create: SampleRun.header(), in: directory)
    for entry in entries() { try journal.append(entry) }
}

func recording(_ content: JournalContent) -> Recording {
    let header = content.header
    return Recording(
        bundle: Bundle(
            id: header.id, created: header.created, duration: 1, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: header.plan, clock: header.clock, interrupted: nil, resumed: 0,
            measurements: [], processes: content.records),
        samples: content.samples, environment: content.environment, files: [])
}

@Suite struct RecordTests {
    @Test func aJournalReadsBack() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let content = try JournalContent(directory: directory.path)
        #expect(content.header == SampleRun.header())
        #expect(content.samples.count == 20)
        #expect(content.elapsed == 0.5)
        // Process 1 told samples and never ended: kept, and counted for nothing.
        #expect(content.records.map(\.outcome) == [.completed(.converged), .interrupted])
        #expect(content.records[1].samples == 10)
        #expect(content.ended == nil)
    }

    /// A kill can fall anywhere: cut the journal after every byte and read what is left.
    @Test func aTornJournalLosesNoWholeLine() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let path = directory.path + "/journal.jsonl"
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let firstLine = try #require(whole.firstIndex(of: 10)) + 1
        var lastCount = 0
        for length in stride(from: firstLine, through: whole.count, by: 37) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            let content = try JournalContent(directory: directory.path)
            let wholeLines = whole.prefix(length).count { $0 == 10 }
            #expect(content.wholeBytes <= length)
            #expect(content.samples.count >= lastCount)
            #expect(content.samples.count == (wholeLines >= 5 ? 20 : wholeLines >= 3 ? 10 : 0))
            lastCount = content.samples.count
        }
    }

    @Test func goingOnCutsTheTornLineAndAppends() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let path = directory.path + "/journal.jsonl"
        let handle = try #require(FileHandle(forWritingAtPath: path))
        handle.seekToEndOfFile()
        handle.write(Data(#"{"samples":{"lines":[{"case":"x","#.utf8))
        handle.closeFile()
        let content = try JournalContent(directory: directory.path)
        let journal = try Journal(reopen: content, at: content.elapsed)
        try journal.append(.ended(at: 9, interrupted: nil, tunablesChanged: []))
        let again = try JournalContent(directory: directory.path)
        #expect(again.resumed == 1)
        #expect(again.ended == JournalContent.Ending(interrupted: nil, tunablesChanged: []))
        #expect(again.samples == content.samples)
        #expect(again.records.count == 2)
        #expect(again.elapsed == 9)
    }

    @Test func aDirectoryWithARunIsRefused() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        do {
            _ = try Journal(create: SampleRun.header(), in: directory.path)
            Issue.record("no error")
        } catch {
            #expect(error.kind == .cannotCreate)
            #expect("\(error)".contains("--resume"))
        }
    }

    @Test func placesThatCannotBeMadeAreNamed() throws {
        let directory = try TemporaryDirectory()
        try Data().write(to: URL(fileURLWithPath: directory.path + "/file"))
        do {
            _ = try Journal(create: SampleRun.header(), in: directory.path + "/file/run")
            Issue.record("no error")
        } catch {
            #expect(error.kind == .cannotCreate)
            #expect(error.path.hasSuffix("file/run"))
        }
    }

    @Test func aFullDiskIsAnErrorThatNamesTheFile() throws {
        // /dev/full takes the place of the temporary file: every write to it says "no space left".
        let directory = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/datasheet.md.tmp", withDestinationPath: "/dev/full")
        do {
            try BundleFiles.writeReport("text", name: "datasheet.md", to: directory.path)
            Issue.record("no error")
        } catch {
            #expect(error.kind == .inputOutput)
            #expect("\(error)".contains("datasheet.md.tmp") && "\(error)".contains("No space left"))
        }
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/datasheet.md"))
    }

    @Test func aBundleReadsBackAndVerifies() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let written = recording(try JournalContent(directory: directory.path))
        let files = try BundleFiles.write(written, to: directory.path)
        let read = try BundleFiles.read(directory.path)
        #expect(read.bundle == written.bundle)
        #expect(read.samples == written.samples)
        #expect(read.environment == written.environment)
        #expect(read.files == files)
        #expect(try BundleFiles.read(directory.path + "/bundle.json") == read)
        #expect(try Integrity.findings(directory.path) == [])
    }

    @Test(arguments: ["bundle.json", "samples.jsonl", "environment.jsonl"])
    func oneChangedByteIsFoundAndNamed(name: String) throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        try BundleFiles.write(recording(try JournalContent(directory: directory.path)), to: directory.path)
        let url = URL(fileURLWithPath: directory.path + "/" + name)
        var data = try Data(contentsOf: url)
        data[data.count / 2] ^= 1
        try data.write(to: url)
        let findings = try Integrity.findings(directory.path)
        #expect(findings.count == 1)
        #expect(findings.first?.hasPrefix(name + ": changed") == true)
    }

    @Test func hostileSumsOpenNothingOutside() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        try BundleFiles.write(recording(try JournalContent(directory: directory.path)), to: directory.path)
        let hash = String(repeating: "0", count: 64)
        try Data("\(hash)  ../../etc/passwd\nnonsense\n\(hash)  gone.txt\n".utf8)
            .write(to: URL(fileURLWithPath: directory.path + "/SHA256SUMS"))
        let findings = try Integrity.findings(directory.path)
        #expect(findings.count == 6)
        #expect(findings[0].contains("line 1"))
        #expect(findings[1].contains("line 2"))
        #expect(findings[2].hasPrefix("gone.txt: cannot be read"))
    }

    struct BadBundle: Sendable, CustomTestStringConvertible {
        var text: String
        var says: String
        var testDescription: String { says }
    }

    @Test(arguments: [
        BadBundle(text: #"{"schema": "assay.bundle/2"}"#, says: "newer than this Assay reads"),
        BadBundle(text: #"{"schema": "something/1"}"#, says: "schema is something/1"),
        BadBundle(text: #"{"schema": "assay.bundle/1"}"#, says: "missing"),
        BadBundle(text: #"{"schema": 7}"#, says: "schema: is not a text"),
        BadBundle(text: "no json", says: "bundle.json"), BadBundle(text: "", says: "bundle.json"),
        BadBundle(text: String(repeating: "[", count: 100_000), says: "bundle.json"),
    ])
    func badBundlesSayWhatIsWrong(_ bad: BadBundle) throws {
        let directory = try TemporaryDirectory()
        try Data(bad.text.utf8).write(to: URL(fileURLWithPath: directory.path + "/bundle.json"))
        do {
            _ = try BundleFiles.read(directory.path)
            Issue.record("no error")
        } catch {
            #expect(error.kind == .badInput)
            #expect("\(error)".contains(bad.says), "\(error)")
        }
    }

    @Test func aMissingBundleIsNoSuchInput() throws {
        let directory = try TemporaryDirectory()
        do {
            _ = try BundleFiles.read(directory.path + "/nothing")
            Issue.record("no error")
        } catch {
            #expect(error.kind == .noSuchInput)
        }
    }

    @Test func aJournalHasOneWriter() throws {
        let directory = try TemporaryDirectory()
        let journal = try Journal(create: SampleRun.header(), in: directory.path)
        let content = try JournalContent(directory: directory.path)
        #expect(Journal.isBeingWritten(in: directory.path))
        do {
            _ = try Journal(reopen: content, at: 0)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("a run is writing it"))
        }
        try journal.append(.resumed(at: 1))
    }

    @Test func aFinishedRunSaysSo() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        try BundleFiles.write(recording(try JournalContent(directory: directory.path)), to: directory.path)
        BundleFiles.removeJournal(in: directory.path)
        do {
            _ = try JournalContent(directory: directory.path)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("nothing to resume"))
        }
    }

    @Test func aFinishedFileWithATornLineIsRefused() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        try BundleFiles.write(recording(try JournalContent(directory: directory.path)), to: directory.path)
        let url = URL(fileURLWithPath: directory.path + "/samples.jsonl")
        try Data(contentsOf: url).dropLast(30).write(to: url)
        do {
            _ = try BundleFiles.read(directory.path)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("samples.jsonl: line 20: is cut off"), "\(error)")
        }
    }

    struct Hostile: Sendable, CustomTestStringConvertible {
        var key: String
        var value: String
        var testDescription: String { "\(key) \(value)" }
    }

    /// Numbers that would overflow, trap or never end further on.
    @Test(arguments: [
        Hostile(key: "processes", value: "-1"), Hostile(key: "processes", value: "4611686018427387904"),
        Hostile(key: "hangSeconds", value: "1e300"), Hostile(key: "processSeconds", value: "1e300"),
        Hostile(key: "minimumSamples", value: "-9223372036854775808"), Hostile(key: "runTarget", value: "-9e18"),
        Hostile(key: "sampleSeconds", value: "0"), Hostile(key: "threads", value: "-5"),
    ])
    func hostileNumbersAreRefusedWithTheirPlace(_ hostile: Hostile) throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        try BundleFiles.write(recording(try JournalContent(directory: directory.path)), to: directory.path)
        for (name, separator) in [("bundle.json", " : "), ("journal.jsonl", ":")] {
            let url = URL(fileURLWithPath: directory.path + "/" + name)
            let text = try String(contentsOf: url, encoding: .utf8)
            let changed = text.replacingOccurrences(
                of: "\"\(hostile.key)\"\(separator)[-+0-9.e]+", with: "\"\(hostile.key)\"\(separator)\(hostile.value)",
                options: .regularExpression)
            #expect(changed != text, "\(name) has no \(hostile.key)")
            try Data(changed.utf8).write(to: url)
        }
        for read in [
            { _ = try BundleFiles.read(directory.path) }, { _ = try JournalContent(directory: directory.path) },
        ] {
            do {
                try read()
                Issue.record("no error")
            } catch {
                #expect("\(error)".contains(hostile.key), "\(error)")
                #expect((error as? RecordError)?.kind == .badInput)
            }
        }
    }
}
