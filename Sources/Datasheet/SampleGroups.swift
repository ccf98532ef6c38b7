import Model

/// The samples of each process, found in one pass: a bundle may hold a million, and they lie together.
struct SampleGroups {
    private let samples: [Sample]
    private var ranges: [ProcessKey: [Range<Int>]] = [:]

    init(_ samples: [Sample]) {
        self.samples = samples
        var start = 0
        samples.withUnsafeBufferPointer { samples in
            for index in samples.indices.dropFirst() {
                guard samples[index].process != samples[start].process || samples[index].case != samples[start].case
                else { continue }
                ranges[ProcessKey(samples[start].case, samples[start].process), default: []].append(start..<index)
                start = index
            }
        }
        guard start < samples.count else { return }
        ranges[ProcessKey(samples[start].case, samples[start].process), default: []].append(start..<samples.count)
    }

    func count(_ record: ProcessRecord) -> Int {
        (ranges[ProcessKey(record.case, record.process)] ?? []).reduce(0) { $0 + $1.count }
    }

    /// In the order of the file.
    func of(_ record: ProcessRecord) -> [ArraySlice<Sample>] {
        (ranges[ProcessKey(record.case, record.process)] ?? []).map { samples[$0] }
    }
}
