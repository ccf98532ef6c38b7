import Export
import Foundation
import Judge
import Model
import TestSupport
import Testing

private let names = [
    "mlperf-system", "benchstat", "google-benchmark", "github-bigger-is-better", "github-smaller-is-better",
    "bencher",
    "openmetrics", "model-index", "wandb",
]

private let hostile =
    "=cmd()|' /C calc'!A0\n# EOF\n\"}]\u{1B}[31m\u{202E}\\input{/etc/passwd} {{x}} ''' \"\"\" <script>alert(1)</script>"

/// The other formats: golden files of a small run, and of one whose names are hostile.
struct FormatTests {
    private static let work = Work(flops: 524_288, bytes: 49_152, lookups: 0, footprint: 49_152)

    /// Matrix multiply and its peak valid, the triad failed.
    static func recording(workload: String? = nil) -> Recording {
        let header = SampleRun.header()
        var plan = header.plan
        if let workload { plan.cases[0].workload = workload }
        var records: [ProcessRecord] = []
        var samples: [Sample] = []
        for process in 0..<6 {
            for (index, planned) in plan.cases.prefix(2).enumerated() {
                records.append(SampleRun.record(planned, process: process, order: records.count, work: work))
                samples += SampleRun.samples(
                    planned, process: process, seconds: 1e-6 * Double(10 + index) * (1 + Double(process) / 1000))
            }
        }
        var failed = SampleRun.record(plan.cases[2], process: 0, order: records.count, work: work)
        failed.outcome = .failed("signal 11\n\u{1B}[31m\"quoted\"")
        failed.samples = 0
        records.append(failed)
        let bundle = Model.Bundle(
            id: header.id, created: header.created, duration: 12, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: plan, clock: header.clock, interrupted: nil, resumed: 0,
            measurements: Summary.measurements(
                plan: plan, records: records, samples: samples, processingUnits: 2, cut: nil), processes: records)
        return Recording(bundle: bundle, samples: samples, environment: [], files: [])
    }

    static func text(_ name: String, _ recording: Recording) throws -> String {
        let exporter = try #require(Exporters.named(name))
        let figures = RunValues(recording).results.flatMap { result in
            result.metrics.map {
                ProcessFigures(case: result.case.id, metric: $0.metric.name, values: $0.processes.map(\.value))
            }
        }
        return try #require(try exporter.export(recording, figures: figures).first).content
    }

    @Test(arguments: names) func golden(_ name: String) throws {
        try Golden.check(try Self.text(name, Self.recording()), "\(name).txt")
    }

    @Test(arguments: names) func hostileNamesStayData(_ name: String) throws {
        let plain = try Self.text(name, Self.recording())
        let text = try Self.text(name, Self.recording(workload: hostile))
        #expect(
            !text.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E
            })
        // Not one line more than without: a name cannot begin a line of its own.
        #expect(
            text.split(separator: "\n", omittingEmptySubsequences: false).count
                == plain.split(separator: "\n", omittingEmptySubsequences: false).count)
        if name.hasPrefix("g") || name == "bencher" || name == "mlperf-system" {
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        }
    }

    /// What the grammar of Go's benchmark format allows, and nothing else.
    @Test(arguments: [nil, hostile]) func benchstatGrammar(_ workload: String?) throws {
        let text = try Self.text("benchstat", Self.recording(workload: workload))
        let result = /Benchmark[A-Z][^\s]*-[0-9]+ [0-9]+( [-+.0-9e]+ [A-Za-z][^\s]*)+/
        let configuration = /[a-z][^\sA-Z]*: .+/
        let unit = /Unit [^\s]+ better=(higher|lower)/
        var results = 0
        for line in text.split(separator: "\n") {
            if line.wholeMatch(of: result) != nil { results += 1; continue }
            #expect(line.wholeMatch(of: configuration) != nil || line.wholeMatch(of: unit) != nil, "\(line)")
        }
        #expect(results == 12)
    }

    /// Six lines a case, whose median is the published value.
    @Test func benchstatHasALineAProcess() throws {
        let recording = Self.recording()
        let lines = try Self.text("benchstat", recording).split(separator: "\n").filter {
            $0.hasPrefix("BenchmarkMatmul")
        }
        let values = lines.compactMap { Double($0.split(separator: " ")[2]) }.sorted()
        #expect(values.count == 6)
        let median = try #require(recording.bundle.measurements.first?.metrics.first?.value)
        #expect(abs((values[2] + values[3]) / 2 / median - 1) < 1e-9)
    }

    @Test func openMetricsEndsAndIsUnique() throws {
        let text = try Self.text("openmetrics", Self.recording(workload: hostile))
        #expect(text.hasSuffix("\n# EOF\n"))
        let series = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap {
            $0.split(separator: "} ").first
        }
        #expect(Set(series).count == series.count)
    }

    /// A case that failed is in the formats that have a place for it.
    @Test func failuresAreTold() throws {
        let recording = Self.recording()
        #expect(try Self.text("google-benchmark", recording).contains("error_occurred"))
        #expect(try Self.text("openmetrics", recording).contains("status=\"failed\""))
        #expect(try Self.text("wandb", recording).contains("failed"))
    }

    /// The artifact is the bundle as it is: with its readings of power, and its signature.
    @Test func theArtifactHasEveryFile() throws {
        var recording = Self.recording()
        recording.files = ["bundle.json", "samples.jsonl", "environment.jsonl", "power.jsonl"].map {
            RecordedFile(name: $0, bytes: 1, sha256: "")
        }
        let text = try Self.text("wandb", recording)
        for name in recording.files.map(\.name) + ["SHA256SUMS", "SHA256SUMS.sig"] { #expect(text.contains(name)) }
        recording.files.removeLast()
        #expect(!(try Self.text("wandb", recording)).contains("power.jsonl"))
    }

    /// What the machine's description holds is never "not probed" or "see the bundle".
    @Test func theSystemDescriptionTellsWhatIsKnown() throws {
        var recording = Self.recording()
        var disk = Device(kind: .block, name: "nvme0n1", busId: nil, vendor: "A maker", model: "Fast", numaNode: nil)
        disk.capacityBytes = 1 << 40
        var port = Device(kind: .network, name: "eth0", busId: nil, vendor: nil, model: nil, numaNode: nil)
        port.portBitsPerSecond = .known(25e9)
        recording.bundle.machine.topology.devices = [disk, port]
        var gpu = Accelerator(kind: .gpu, busId: "0000:41:00.0", unknown: "not asked")
        gpu.model = .known("H100")
        gpu.clocks = .known([Accelerator.Clock(domain: "graphics", current: .unknown("idle"), maximum: .known(1.98e9))])
        gpu.hostLink = .known(
            Accelerator.HostLink(
                generation: .known(5), maximumGeneration: .known(5), lanes: .known(16), maximumLanes: .known(16)))
        gpu.interconnect = .known(Accelerator.Interconnect(name: "NVLink", links: [], peers: 7))
        recording.bundle.machine.accelerators = [gpu, gpu]
        let text = try Self.text("mlperf-system", recording)
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
        let fields = try #require(object)
        #expect(fields["host_storage_type"] == "nvme0n1, block device, A maker Fast")
        #expect(fields["host_storage_capacity"]?.contains("1\u{A0}TiB") == true)
        #expect(fields["host_networking"] == "eth0 at 25.0\u{A0}Gbit/s")
        #expect(fields["accelerators_per_node"] == "2")
        #expect(fields["accelerator_frequency"] == "1.98\u{A0}GHz at most")
        #expect(fields["accelerator_host_interconnect"] == "PCIe 5.0 × 16")
        #expect(fields["accelerator_interconnect"] == "NVLink")
        #expect(fields["accelerator_interconnect_topology"] == "NVLink, to 7 other devices")
        #expect(!text.contains("see the bundle"))
    }

    @Test func nothingIsEverVerified() throws {
        #expect(!(try Self.text("model-index", Self.recording())).contains("verified"))
    }
}
