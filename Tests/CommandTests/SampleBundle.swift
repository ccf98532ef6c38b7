import Foundation
import Judge
import Model
import Record
import TestSupport

/// A bundle written as a run leaves it, of a case that takes `seconds` an iteration.
enum SampleBundle {
    @discardableResult
    static func write(
        _ seconds: Double, to directory: String, spread: Double = 0.002, id: String,
        change: (inout Model.Bundle) -> Void = { _ in }
    ) throws -> String {
        let work = Work(flops: 1e9, bytes: 1e8, lookups: 0, footprint: 0)
        var plan = SampleRun.plan()
        plan.cases = [SampleRun.matmul]
        plan.rules.processes = 10
        var records: [ProcessRecord] = []
        var samples: [Sample] = []
        for process in 0..<10 {
            records.append(SampleRun.record(SampleRun.matmul, process: process, order: process, work: work))
            let own = seconds * (1 + spread * (Double(process) / 9 - 0.5) + 1e-7 * Double(process * id.count % 7))
            samples += SampleRun.samples(SampleRun.matmul, process: process, seconds: own)
        }
        var bundle = Model.Bundle(
            id: id, created: Date(timeIntervalSince1970: 1_795_000_000), duration: 10,
            tool: Tool(version: "0.1.0", commit: "aaaa", modified: false, compiler: "Swift"),
            machine: SampleRun.machine(), tunablesChanged: [], plan: plan,
            clock: ClockReport(name: "CLOCK_MONOTONIC_RAW", resolution: 1e-9, readCost: 2e-8), interrupted: nil,
            resumed: 0,
            measurements: Summary.measurements(
                plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil), processes: records)
        change(&bundle)
        try BundleFiles.write(
            Recording(bundle: bundle, samples: samples, environment: [], files: []), to: directory)
        return directory
    }
}
