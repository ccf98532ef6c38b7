import Document
import Foundation
import Model
import Render
import Statistics
import TestSupport
import Testing

@testable import Datasheet

/// Numbers that are none, in every place that a sheet takes one from: no format breaks, and no picture has a place for them.
struct HostileNumberTests {
    private static let odd: [Double] = [.nan, .infinity, -.infinity, -1e300, .greatestFiniteMagnitude, 0, -0.0]

    private static func spoilt(_ shift: Int) -> Recording {
        var recording = Synthetic.normal()
        var count = shift
        func next() -> Double {
            count += 1
            return odd[count % odd.count]
        }
        for index in recording.bundle.measurements.indices {
            var one = recording.bundle.measurements[index]
            for place in one.metrics.indices {
                one.metrics[place].value = next()
                one.metrics[place].interval = Interval(lower: next(), upper: next(), level: next())
            }
            one.share = Share(of: one.share?.of ?? "peak compute f32", value: next())
            one.operationalIntensity = next()
            one.work = Work(flops: next(), bytes: next(), lookups: next(), footprint: .max)
            one.check = Check(error: next(), bound: next(), compared: .max, coverage: "all")
            one.reorder = ReorderCost(source: next(), weights: next(), destination: next())
            one.scaling = Scaling(
                baseline: recording.bundle.measurements[0].case.id, speedUp: next(),
                speedUpInterval: Interval(lower: next(), upper: next(), level: next()), threads: 2)
            var energy = Energy(
                joules: next(), duration: next(), meanPower: next(), idlePower: next(), uncertainty: next(),
                source: "meter", boundary: "package")
            energy.aboveIdle = next()
            energy.aboveIdleUncertainty = next()
            one.energy = index % 2 == 0 ? energy : nil
            recording.bundle.measurements[index] = one
        }
        for index in recording.bundle.processes.indices {
            recording.bundle.processes[index].interference?.steal = next()
            recording.bundle.processes[index].interference?.otherLoad = next()
            recording.bundle.processes[index].windows = [TimedWindow(start: next(), end: next())]
            recording.bundle.processes[index].started = next()
            recording.bundle.processes[index].ended = next()
        }
        for index in recording.samples.indices where index % 3 == 0 { recording.samples[index].seconds = next() }
        for index in recording.environment.indices {
            recording.environment[index].busy = next()
            recording.environment[index].idle = next()
            recording.environment[index].steal = next()
            recording.environment[index].cpuPressure = next()
            recording.environment[index].loadAverage = next()
        }
        recording.bundle.clock = ClockReport(name: "clock", resolution: next(), readCost: next())
        recording.bundle.machine.processor.nominalFrequency = .known(next())
        return recording
    }

    private static func additions(_ amount: Double) -> Additions {
        var additions = Additions()
        additions.price = CostTests.price
        additions.price?.amount = amount
        additions.training = TrainingRun(flops: amount, name: "x")
        return additions
    }

    @Test(arguments: odd.indices) func noFormatBreaks(_ shift: Int) throws {
        let document = Datasheet.compose(Self.spoilt(shift), with: Self.additions(Self.odd[shift]))
        for format in TextFormat.allCases {
            let files = format.render(document)
            let text = try #require(files.first).content
            #expect(!text.isEmpty)
            switch format {
            case .html: #expect(throws: Never.self) { try Markup.check(text) }
            case .json:
                // Strict: JSON has no word for these numbers.
                #expect(throws: Never.self) { try JSONTree(parsing: Array(text.utf8)) }
                // A headline whose number is none has its words alone, and a price that is none no command takes.
                let findings = try SchemaValidator.named("datasheet").findings(Data(text.utf8)).filter {
                    !$0.hasSuffix("quantity is missing") && !$0.hasPrefix("$.stated")
                }
                #expect(findings.prefix(3) == [], "\(findings.prefix(3))")
            case .csv:
                for line in text.split(separator: "\r\n").dropFirst() {
                    #expect(!line.contains(",nan") && !line.contains(",inf") && !line.contains(",-inf"))
                }
            case .tex:
                for line in text.split(separator: "\n") where line.contains("coordinates {") {
                    #expect(!line.contains("(nan") && !line.contains("inf"), "\(line.prefix(200))")
                }
            case .md, .mdx: break
            }
            for picture in files.dropFirst() { try Self.isDrawn(picture.content) }
        }
        for card in Datasheet.cards(Self.spoilt(shift)) { #expect(!CardMarkdown.render(card).content.isEmpty) }
    }

    /// Every place and length of a picture is a number.
    private static func isDrawn(_ svg: String) throws {
        let places: Set<String> = [
            "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d", "points", "viewBox", "transform",
        ]
        for element in try Markup.check(svg) {
            for (name, value) in element.attributes where places.contains(name) {
                #expect(!value.contains("nan") && !value.contains("inf"), "\(element.name) \(name)=\(value.prefix(80))")
            }
        }
    }

    /// What people state is data too.
    @Test func whatIsStatedIsInert() throws {
        let poison = Synthetic.poison
        var additions = Additions()
        additions.statement = Statement(title: poison, runBy: poison, paidBy: poison, availability: poison)
        additions.price = Price(
            amount: 0.1, currency: "USD", billing: .spot, region: poison, date: "2026-11-20", source: poison,
            instanceType: poison)
        additions.vendorFigures = [
            VendorFigure(name: poison, value: poison, unit: poison, source: poison, note: poison)
        ]
        additions.training = TrainingRun(parameters: 7e9, tokens: 1e12, name: poison)
        let document = Datasheet.compose(Synthetic.normal(), with: additions)
        for format in TextFormat.allCases {
            for file in format.render(document) {
                #expect(
                    !file.content.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E || $0.value == 0 })
                #expect(file.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) })
                if format != .csv, format != .md, format != .mdx { #expect(!file.content.contains("<script")) }
            }
        }
        #expect(!LaTeX.render(document).contains("\\input{"))
        try Markup.check(HTML.render(document))
        let json = JSONDocument.render(document)
        #expect(try SchemaValidator.named("datasheet").findings(Data(json.utf8)).prefix(3) == [])
        let body = Markdown.render(document, hasFrontMatter: true)[0].content.dropFirst(4).drop { $0 != "-" }
        #expect(!String(body).withoutCode.contains("<"))
    }

    /// As many cases as a bundle may hold, in every format: all of them are there.
    @Test(.timeLimit(.minutes(4))) func asManyCasesAsABundleHolds() throws {
        var recording = Synthetic.normal()
        let some = recording.bundle.measurements
        recording.bundle.measurements = (0..<Plan.maximumCases).map { index in
            var copy = some[index % some.count]
            copy.case.id += "-\(index)"
            copy.case.workload += " \(index)"
            return copy
        }
        recording.bundle.plan.cases = recording.bundle.measurements.map(\.case)
        recording.bundle.plan.skipped = []
        recording.samples = []
        #expect(throws: Never.self) { try recording.bundle.checkBounds() }
        let document = Datasheet.compose(recording)
        for format in TextFormat.allCases {
            let text = try #require(format.render(document).first).content
            for index in [0, 1, 2047, Plan.maximumCases - 1] {
                #expect(text.contains(" \(index)"), "\(format) \(index)")
            }
        }
    }
}
