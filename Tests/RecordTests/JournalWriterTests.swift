import Foundation
import Model
import Record
import TestSupport
import Testing

/// Who may write a journal, and what of it is lost when another takes it up: nothing.
@Suite struct JournalWriterTests {
    @Test func aJournalHasOneWriter() throws {
        let directory = try TemporaryDirectory()
        let journal = try Journal(create: SampleRun.header(), in: directory.path)
        #expect(Journal.isBeingWritten(in: directory.path))
        do {
            _ = try Journal(reopen: directory.path)
            Issue.record("no error")
        } catch {
            #expect("\(error)".contains("a run is writing it"))
        }
        try journal.append(.resumed(at: 1))
    }

    /// What a run wrote until it let go of its journal is there for the one that takes it up, to the last line.
    @Test func takingUpLosesNoLine() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let early = try JournalContent(directory: directory.path)
        do {
            let journal = try Journal(reopen: directory.path)
            try journal.goOn(after: early)
            try journal.append(.samples(lines: SampleRun.samples(SampleRun.matmul, process: 2, seconds: 1e-6)))
        }
        let journal = try Journal(reopen: directory.path)
        let content = try JournalContent(directory: directory.path)
        #expect(content.samples.count == early.samples.count + 10)
        try journal.goOn(after: content)
        #expect(try JournalContent(directory: directory.path).samples == content.samples)
    }

    /// Opening changes nothing: who finds that the run cannot go on leaves it as it was.
    @Test func lookingAtAJournalDoesNotTouchIt() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let url = URL(fileURLWithPath: directory.path + "/journal.jsonl")
        let before = try Data(contentsOf: url)
        _ = try Journal(reopen: directory.path)
        #expect(try Data(contentsOf: url) == before)
    }

    /// Many begin at once in one directory: one does, and the others are told.
    @Test func oneOfManyBegins() async throws {
        for _ in 0..<20 {
            let directory = try TemporaryDirectory()
            let begun = await withTaskGroup(of: Journal?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try? Journal(create: SampleRun.header(), in: directory.path) }
                }
                return await group.reduce(into: [Journal]()) { begun, journal in
                    if let journal { begun.append(journal) }
                }
            }
            #expect(begun.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["journal.jsonl"])
            for journal in begun { try journal.append(.resumed(at: 1)) }
            #expect(try JournalContent(directory: directory.path).resumed == 1)
        }
    }
}
