import Kernels
import Measure
import Model
import Plan
import Probe
import SystemFiles

/// Canaries from the kernels, handed to a look that knows none.
enum QuietCheck {
    /// Binds the calling thread to the first processing unit it may use, which is where a run begins too, and looks; the canaries
    /// follow in a process of their own, whose arrays are many times what this one may take.
    static func look(
        _ rules: QuietLook<MonotonicRawClock>.Rules, clock report: ClockReport, machine: Machine
    ) -> QuietReading {
        let look = QuietLook(clock: MonotonicRawClock(), report: report, files: SystemFiles(), rules: rules)
        let unit = Binding.allowedProcessingUnits().first
        var reading =
            unit.map { unit in Binding.pinned(to: unit) { look.reading(on: $0, canaries: []) } }
            ?? look.reading(on: nil, canaries: [])
        reading.canaries = CanaryProcesses.repeated(on: reading.processingUnit, bytes: bufferBytes(machine))
        return reading
    }

    /// The same for a diagnosis: longer, and with the canaries in fresh processes, because that is how runs differ.
    static func thorough(
        clock report: ClockReport, machine: Machine
    ) -> (reading: QuietReading, absent: [Diagnosis.Omission]) {
        let look = QuietLook(clock: MonotonicRawClock(), report: report, files: SystemFiles(), rules: .thorough)
        let unit = Binding.allowedProcessingUnits().first
        var reading =
            unit.map { unit in Binding.pinned(to: unit) { look.reading(on: $0, canaries: []) } }
            ?? look.reading(on: nil, canaries: [])
        let (canaries, absent) = CanaryProcesses.readings(
            on: reading.processingUnit, bytes: min(bufferBytes(machine), 16 << 20))
        reading.canaries = canaries
        return (reading, absent)
    }

    static let names = ["ALU", "bandwidth", "latency"]

    /// - Parameter bytes: of each array.
    static func canaries(unit: Int?, bytes: Int) -> (canaries: [Canary], absent: [Diagnosis.Omission]) {
        let buffer = BufferShape(bytes: bytes)
        let wanted: [(String, Kernel, Shape, DataType)] = [
            ("ALU", .peakCompute, .peakCompute, .f32),
            ("bandwidth", .streamTriad, .streamTriad(buffer), .f64),
            ("latency", .pointerChase, .pointerChase(buffer), .f64),
        ]
        var canaries: [Canary] = []
        var absent: [Diagnosis.Omission] = []
        for (name, kernel, shape, type) in wanted {
            let planned = Case(
                id: "canary", workload: "canary", kernel: kernel, shape: shape, dataType: type, backend: .simd,
                scenario: .offline, threads: 1,
                placement: Placement(policy: .firstCores, processingUnits: unit.map { [$0] } ?? [], memory: .local))
            do {
                canaries.append(Canary(name: name, runnable: try Kernels.make(planned, seed: 1)))
            } catch {
                absent.append(Diagnosis.Omission(subject: "canary: \(name)", reason: "\(error)"))
            }
        }
        return (canaries, absent)
    }

    /// Bytes of one array: more than the last-level cache where that is small enough to fill in a moment, and never more
    /// than a sixteenth of the memory that may be used.
    static func bufferBytes(_ machine: Machine) -> Int {
        let cache = machine.topology.caches.filter { $0.type != .instruction }.map(\.bytes).max() ?? 0
        let free = machine.memory.availableBytes.value ?? machine.memory.kernelBytes.value ?? 1 << 30
        let room = min(free, machine.limits.memoryBytes.bound() ?? .max)
        let most = min(max(room / 16, 1 << 20), 64 << 20)
        return Int(min(max(2 * min(cache, 1 << 40), 32 << 20), most))
    }
}

extension Plan {
    /// A look takes a second: where all that is measured takes hardly longer, it is left out.
    var isWorthALook: Bool { expectation.likely >= 20 }
}
