import Datasheet
import Foundation
import Judge
import Lint
import Model
import Record
import Render
import Statistics
import Testing

/// What Assay itself writes holds to its own rules.
struct OwnSheetTests {
    private static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let report = top.appendingPathComponent("Reports/amd-epyc-2c").path

    private func check(markdown text: String) {
        let findings = Lint.findings(Exhibit(markdown: text, file: "sheet.md"))
        #expect(findings.map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }

    private func check(json text: String) throws {
        let findings = Lint.findings(try Exhibit(json: Array(text.utf8), file: "sheet.json"))
        #expect(findings.map { "\($0.place): \($0.rule): \($0.problem)" } == [])
    }

    /// As published, and as this version writes it.
    @Test func publishedReport() throws {
        check(markdown: try String(contentsOfFile: Self.report + "/datasheet.md", encoding: .utf8))
        try check(json: try String(contentsOfFile: Self.report + "/bundle.json", encoding: .utf8))
        let document = Datasheet.compose(try BundleFiles.read(Self.report))
        check(markdown: try #require(Markdown.render(document).first).content)
        try check(json: JSONDocument.render(document))
    }

    /// A made-up run with cases of every status, as the golden files of the datasheet show it.
    @Test func goldenSheet() throws {
        let url = Self.top.appendingPathComponent("Tests/DatasheetTests/Golden/normal.md")
        check(markdown: try String(contentsOf: url, encoding: .utf8))
    }

    /// The published run with its first cases turned into each of the other statuses.
    @Test func everyStatus() throws {
        var recording = try BundleFiles.read(Self.report)
        for (index, status) in [Status.failed, .skipped, .noisy, .unconverged].enumerated() {
            var measurement = recording.bundle.measurements[index]
            measurement.status = status
            measurement.reason = "made \(status.rawValue) for a test"
            if status == .failed || status == .skipped { measurement.metrics = [] }
            recording.bundle.measurements[index] = measurement
        }
        let document = Datasheet.compose(recording)
        check(markdown: try #require(Markdown.render(document).first).content)
        try check(json: JSONDocument.render(document))
        let bundle = String(decoding: try JSON.document(recording.bundle), as: UTF8.self)
        try check(json: bundle)
    }

    /// The published run, and as another machine with a price and energies would have been: what is held against it.
    private func pair() throws -> (own: Recording, other: Recording) {
        var own = try BundleFiles.read(Self.report)
        for index in own.bundle.measurements.indices where !own.bundle.measurements[index].metrics.isEmpty {
            var energy = Energy(
                joules: 96.04, duration: 0.48, meanPower: 200, idlePower: 80, uncertainty: 4.8, source: "powercap RAPL",
                boundary: "package")
            energy.updatePeriod = 0.001
            own.bundle.measurements[index].energy = energy
            own.bundle.measurements[index].energyUnavailable = nil
        }
        var meter = Meter(
            id: "rapl.0", source: "powercap RAPL", name: "package-0", boundary: .package, kind: .counter,
            resolution: 6.1e-5, statedPeriod: 0.001, gainError: 0.05, gainErrorOrigin: "assumed", range: 262_143,
            ratedPower: 240, pollPeriod: 0.05)
        meter.updatePeriod = 0.001
        own.bundle.power = PowerReport(meters: [meter])
        own.bundle.machine.tunables = [Tunable(name: "governor", value: .known("performance"), source: "/sys")]
        own.bundle.price = Price(
            amount: 0.36, currency: "USD", billing: .onDemand, region: "eu-central-1", date: "2026-11-20")
        var other = own
        other.bundle.id = "20261101-abcdef"
        other.bundle.machine.processor.model = .known("Another processor")
        other.bundle.machine.tunables[0].value = .known("powersave")
        other.bundle.price?.amount = 0.5
        for index in other.samples.indices { other.samples[index].seconds *= 1.5 }
        for index in other.bundle.measurements.indices {
            for place in other.bundle.measurements[index].metrics.indices {
                let metric = other.bundle.measurements[index].metrics[place]
                let factor = metric.better == .higher ? 1 / 1.5 : 1.5
                other.bundle.measurements[index].metrics[place].value *= factor
                if let interval = metric.interval {
                    other.bundle.measurements[index].metrics[place].interval = Interval(
                        lower: interval.lower * factor, upper: interval.upper * factor, level: interval.level)
                }
            }
        }
        return (own, other)
    }

    /// A sheet that is held against another machine, with settings that differ, energies and prices; and a training run.
    @Test func versus() throws {
        let (own, other) = try pair()
        var options = Judge.Options()
        options.relation = .machines
        options.resamples = 200
        var additions = Additions()
        additions.training = TrainingRun(parameters: 7e9, tokens: 1.4e11, name: "7B")
        additions.versus = [
            Versus(
                comparison: Judge.compare(base: [other], new: own, options: options), other: other.bundle)
        ]
        let document = Datasheet.compose(own, with: additions)
        let text = try #require(Markdown.render(document).first).content
        #expect(text.contains("faster") && text.contains("per watt") && text.contains("per USD"))
        check(markdown: text)
        try check(json: JSONDocument.render(document))
    }

    /// As the command writes several.
    private struct Several: Encodable {
        var schema = "assay.comparisons/1"
        var comparisons: [Comparison]
    }

    /// What `assay compare --json` writes: one, and several.
    @Test func comparisons() throws {
        let (own, other) = try pair()
        var options = Judge.Options()
        options.resamples = 0
        let first = Judge.compare(base: [other], new: own, options: options)
        options.acknowledged = [.dataType, .library]
        var recoded = own
        for index in recoded.bundle.measurements.indices { recoded.bundle.measurements[index].case.dataType = .bf16 }
        let second = Judge.compare(base: [own], new: recoded, options: options)
        #expect(second.pairs.contains { $0.baseCase?.dataType == .f32 && $0.change != nil })
        try check(json: String(decoding: try JSON.document(first), as: UTF8.self))
        try check(json: String(decoding: try JSON.document(Several(comparisons: [first, second])), as: UTF8.self))
        // The same, with the disclosure taken out by hand.
        var hidden = second
        hidden.acknowledged = []
        hidden.differences = []
        let text = String(decoding: try JSON.document(Several(comparisons: [first, hidden])), as: UTF8.self)
        let findings = Lint.findings(try Exhibit(json: Array(text.utf8), file: "c.json"))
        #expect(Set(findings.map(\.rule)) == ["CMP03"])
        #expect(findings.first?.place.path?.hasPrefix("comparisons[1].pairs[") == true)
    }
}
