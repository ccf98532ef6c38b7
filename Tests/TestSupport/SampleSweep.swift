import Foundation
import Model

/// Runs made by hand that measure kernels with ever more threads.
public struct SampleSweep {
    /// One kernel: how much of the ideal speed-up each number of threads reaches.
    public struct Course: Sendable {
        var name: String
        var kernel: Kernel
        var shape: Shape
        var type: DataType
        /// Rate of one thread, in units of its work a second.
        var rate: Double
        var efficiency: [Int: Double]
        var isSpread: Bool

        public init(
            _ name: String, _ kernel: Kernel, _ shape: Shape, type: DataType = .f32, rate: Double,
            efficiency: [Int: Double], isSpread: Bool = false
        ) {
            self.name = name
            self.kernel = kernel
            self.shape = shape
            self.type = type
            self.rate = rate
            self.efficiency = efficiency
            self.isSpread = isSpread
        }
    }

    public private(set) var cases: [Case] = []
    public private(set) var records: [ProcessRecord] = []
    public private(set) var samples: [Sample] = []
    private static let work = Work(flops: 1e9, bytes: 1e9, lookups: 1e9, footprint: 0)

    /// - Parameter cores: a case with as many threads is planned as “all cores”.
    public init(_ courses: [Course], cores: Int, processes: Int = 6) {
        for course in courses {
            for (threads, share) in course.efficiency.sorted(by: { $0.key < $1.key }) {
                var planned = SampleRun.plannedCase(
                    course.name, course.kernel, course.shape, type: course.type, threads: threads)
                planned.id = Digest.identity(of: "\(course.name) \(threads) \(course.isSpread)")
                planned.placement.policy = threads == cores ? .allCores : course.isSpread ? .spreadCores : .firstCores
                add(planned, seconds: 1e9 / (course.rate * Double(threads) * share), processes: processes)
            }
        }
    }

    private mutating func add(_ planned: Case, seconds: Double, processes: Int) {
        cases.append(planned)
        for process in 0..<processes {
            records.append(SampleRun.record(planned, process: process, order: records.count, work: Self.work))
            // Half a per cent to either side, the same in every run.
            let own = seconds * (1 + 0.005 * (Double((process * 5 + planned.threads) % 7) / 3 - 1))
            samples += SampleRun.samples(planned, process: process, seconds: own)
        }
    }

    public func plan() -> Plan { Plan(suite: "sweep", seed: 7, cases: cases, rules: SampleRun.rules, skipped: []) }

    /// - Parameter measurements: what the judge makes of `plan`, `records` and `samples`.
    public func recording(_ measurements: [Model.Measurement], cores: Int) -> Recording {
        let header = SampleRun.header()
        let bundle = Model.Bundle(
            id: header.id, created: header.created, duration: Double(records.count) * 0.5, tool: header.tool,
            machine: SampleRun.machine(cores: cores), tunablesChanged: [], plan: plan(), clock: header.clock,
            interrupted: nil, resumed: 0, measurements: measurements, processes: records)
        return Recording(bundle: bundle, samples: samples, environment: [], files: [])
    }
}
