import Foundation
import Model
import Record
import TestSupport
import Testing

@Suite struct PowerFileTests {
    /// Power is kept through the journal and the bundle; a bundle without it is as whole as before.
    @Test func powerIsPartOfTheBundle() throws {
        let directory = try TemporaryDirectory()
        try write(directory.path)
        let content = try JournalContent(directory: directory.path)
        let journal = try Journal(reopen: directory.path)
        try journal.goOn(after: content)
        let lines = [
            PowerReading(t: 0.5, source: "rapl.package-0", joules: 0),
            PowerReading(t: 1, source: "rapl.package-0", joules: 25.5),
        ]
        try journal.append(.power(report: PowerReport(unavailable: "not yet"), sitting: 0))
        try journal.append(.powerReadings(lines: lines))
        var report = PowerReport(meters: [])
        report.notes = ["last word"]
        try journal.append(.power(report: report, sitting: 0))
        let again = try JournalContent(directory: directory.path)
        #expect(again.powerReport == report)
        #expect(again.power == lines)

        let bundle = directory.path + "/bundle"
        var whole = recording(again)
        try BundleFiles.write(whole, to: bundle)
        #expect(
            try BundleFiles.read(bundle).files.map(\.name) == ["bundle.json", "samples.jsonl", "environment.jsonl"])
        whole.bundle.power = report
        whole.power = lines
        try BundleFiles.write(whole, to: bundle)
        let read = try BundleFiles.read(bundle)
        #expect(read.power == lines)
        #expect(read.files.map(\.name).last == "power.jsonl")
        #expect(try Integrity.findings(bundle) == [])
        let path = URL(fileURLWithPath: bundle + "/power.jsonl")
        try Data(#"{"joules":-1,"source":"x","t":1}"#.utf8 + [10]).write(to: path)
        #expect(try Integrity.findings(bundle).count == 1)
        #expect(throws: RecordError.self) { try BundleFiles.read(bundle) }
    }
}
