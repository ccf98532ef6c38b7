import Foundation
import Model
import TestSupport
import Testing

/// What `--isa` and a suite's `cache` say must reach the process that computes.
@Suite struct InstructionSetTests {
    private static let hasAVX2 =
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains(" avx2 ") == true

    private static let suite = """
        workloads:
          - {name: product, kernel: matmul, shape: {m: 96, n: 80, k: 64}}
        rules: {processes: 1, processTime: 20ms, sampleTime: 1ms}
        cases:
          - {workload: product, backends: [onednn, cblas], threads: [1], cache: [warm, cold]}
        """

    private func bundle(_ arguments: [String]) throws -> Model.Bundle {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/mine.yaml"
        try Data(Self.suite.utf8).write(to: URL(fileURLWithPath: file))
        let output = directory.path + "/run"
        let run = try Command.Running(["run", file, "--output", output, "--json"] + arguments).wait()
        #expect(run.status == 0, "\(run.errors)")
        #expect(try SchemaValidator.named("bundle").findings(Data(run.output.utf8)) == [])
        return try JSON.decode(Model.Bundle.self, from: Data(run.output.utf8))
    }

    @Test(.enabled(if: hasAVX2, "needs a processor with AVX2")) func allBackendsAreKeptToAVX2() throws {
        let bundle = try bundle(["--isa", "avx2"])
        #expect(bundle.plan.instructionSet == "avx2")
        #expect(bundle.plan.arguments.suffix(2) == ["--isa", "avx2"])
        for measurement in bundle.measurements where measurement.status != .skipped {
            let reported = try #require(measurement.implementation?.reported)
            #expect(reported.contains("avx2") || reported == "Haswell", "\(reported)")
        }
        #expect(bundle.measurements.contains { $0.case.backend == .onednn && $0.status != .skipped })
    }

    @Test func coldCasesTakeTheirMemory() throws {
        let bundle = try bundle([])
        let cold = bundle.measurements.filter { $0.case.cache == .cold }
        #expect(cold.count == 2)
        for measurement in cold where measurement.status != .skipped {
            let rotated = try #require(measurement.case.rotatedBytes)
            #expect(rotated >= 256 << 20)
            #expect(try #require(measurement.work?.footprint) >= rotated)
            #expect(measurement.status != .failed, "\(measurement.reason ?? "")")
        }
    }
}
