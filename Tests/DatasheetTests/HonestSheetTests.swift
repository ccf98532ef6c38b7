import Datasheet
import Document
import Judge
import Lint
import Model
import Render
import Statistics
import Testing

/// Every kind of sheet that Assay writes holds to its own rules: with a price, with power, of scenarios, beside other machines.
struct HonestSheetTests {
    private func check(_ recording: Recording, _ additions: Additions = Additions()) throws {
        let document = Datasheet.compose(recording, with: additions)
        let markdown = try #require(Markdown.render(document).first).content
        let exhibits = [
            Exhibit(markdown: markdown, file: "sheet.md"),
            try Exhibit(json: Array(JSONDocument.render(document).utf8), file: "sheet.json"),
        ]
        for exhibit in exhibits {
            #expect(Lint.findings(exhibit).map { "\($0.place): \($0.rule): \($0.problem)" } == [])
        }
    }

    private func versus(_ other: Recording, _ own: Recording, name: String) -> Versus {
        var options = Judge.Options()
        options.relation = .machines
        options.resamples = 50
        return Versus(
            comparison: Judge.compare(
                base: [RunValues(other, name: name)], new: RunValues(own), options: options),
            other: other.bundle)
    }

    /// The same run, all of it so much slower.
    private func other(_ share: Double, _ recording: Recording) -> Recording {
        var other = recording
        other.bundle.id = "20261120-0b0b0b"
        other.bundle.machine.processor.model = .known("AMD EPYC 9754")
        other.bundle.machine.software.kernel = .known("6.1.0-22")
        other.samples = recording.samples.map { sample in
            Sample(
                case: sample.case, process: sample.process, index: sample.index, seconds: sample.seconds * (1 + share),
                iterations: sample.iterations)
        }
        for index in other.bundle.measurements.indices {
            for place in other.bundle.measurements[index].metrics.indices {
                let metric = other.bundle.measurements[index].metrics[place]
                let factor = metric.better == .lower ? 1 + share : 1 / (1 + share)
                other.bundle.measurements[index].metrics[place].value *= factor
                other.bundle.measurements[index].metrics[place].interval = metric.interval.map {
                    Interval(lower: $0.lower * factor, upper: $0.upper * factor, level: $0.level)
                }
            }
        }
        return other
    }

    private func priced() -> Additions {
        var additions = Additions()
        additions.price = CostTests.price
        return additions
    }

    @Test func aSheetWithAPrice() throws {
        try check(Synthetic.normal(), priced())
        var stated = priced()
        stated.statement = Statement(title: "A machine", runBy: "Lab A", paidBy: "Lab B", availability: "on request")
        stated.revision = 3
        try check(Synthetic.normal(), stated)
    }

    @Test func aSheetWithPower() throws {
        try check(PowerSheetTests().run())
        try check(PowerSheetTests().run(), priced())
    }

    @Test func aSheetOfScenarios() throws {
        try check(ScenarioRun.all())
        try check(ScenarioRun.all(), priced())
    }

    @Test(arguments: [0.0, 0.1, -0.1]) func aSheetBesideOtherMachines(share: Double) throws {
        var additions = priced()
        let own = PowerSheetTests().run()
        var second = other(share, own)
        second.bundle.price = CostTests.price
        additions.versus = [
            versus(other(share, own), own, name: "theirs"), versus(second, own, name: "older"),
        ]
        try check(own, additions)
    }
}
