import Model
import Record
import TestSupport
import Testing

@Suite struct SettingTests {
    /// A change is written after the processes that it may have moved; read back, they are marked.
    @Test func aChangeOfSettingsMarksProcessesThatWereWrittenBefore() throws {
        let directory = try TemporaryDirectory()
        let journal = try Journal(create: SampleRun.header(), in: directory.path)
        for process in 0..<3 {
            var record = SampleRun.record(
                SampleRun.matmul, process: process, order: process,
                work: Work(flops: 1, bytes: 1, lookups: 0, footprint: 1))
            record.interference = Interference()
            record.samples = 0
            try journal.append(.process(record: record))
        }
        let change = TunableChange(
            name: "governor", before: .known("performance"), after: .known("powersave"), seen: 2.5, since: 0.5)
        try journal.append(.settings(changed: [change]))
        let content = try JournalContent(directory: directory.path)
        #expect(content.records.map { $0.interference?.changedSettings ?? [] } == [[], ["governor"], ["governor"]])
        #expect(content.tunablesChanged == [change])
    }
}
