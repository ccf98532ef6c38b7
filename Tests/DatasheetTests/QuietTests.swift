import Datasheet
import Document
import Foundation
import Model
import TestSupport
import Testing

/// The look before the first process, as §16 shows it.
struct QuietTests {
    private func table(_ look: QuietReading?) -> Document.Table? {
        var recording = Synthetic.normal()
        recording.bundle.quiet = look
        let section = Datasheet.compose(recording).sections.first { $0.number == 16 }
        return section?.blocks.lazy.compactMap { block -> Document.Table? in
            if case .table(let table) = block, table.caption == "Before the first process" { table } else { nil }
        }.first
    }

    private func text(_ cell: Document.Cell) -> String {
        switch cell.content {
        case .text(let prose): prose.text
        case .number(let text): text
        default: "–"
        }
    }

    @Test func whatWasSeenIsShownWithItsBound() throws {
        let rows = try #require(table(SampleLook.quiet())).groups[0].rows.map { $0.map(text) }
        #expect(rows.contains(["Steal", "0.1\u{202F}%", "1.0\u{202F}%", "within"]))
        #expect(rows.contains(["Longest interruption", "21\u{A0}µs", "–", "for the record"]))
        #expect(rows.contains(["Canary: bandwidth, spread of 11", "0.4\u{202F}%", "5.0\u{202F}%", "within"]))
        #expect(rows.count == 9)
    }

    @Test func whatIsAboveItsBoundIsMarkedAndWhatIsUnknownSaysWhy() throws {
        var look = SampleLook.quiet()
        look.otherLoad = .known(0.4)
        look.timerInterrupts = .unknown("hidden")
        look.canaries[2].spread = 0.07
        let rows = try #require(table(look)).groups[0].rows.map { $0.map(text) }
        #expect(rows.contains(["Load of others", "40.0\u{202F}%", "5.0\u{202F}%", "above"]))
        #expect(rows.contains(["Timer interrupts a second", "–", "–", "unknown: hidden"]))
        #expect(rows.contains(["Canary: latency, spread of 11", "7.0\u{202F}%", "5.0\u{202F}%", "above"]))
    }

    /// A tick of the kernel is no finding, here as in the first lines of a run.
    @Test func aTickIsNotAboveTheBound() throws {
        var look = SampleLook.quiet()
        look.seconds = 0.4
        look.stealOfAll = .known(0.0125)
        let rows = try #require(table(look)).groups[0].rows.map { $0.map(text) }
        #expect(rows.contains { $0[0] == "Steal" && $0[3] == "within" })
    }

    @Test func whereNobodyLookedNothingIsSaid() {
        #expect(table(nil) == nil)
    }

    @Test func aBundleWithALookFitsTheSchemaAndReadsBack() throws {
        var bundle = Synthetic.normal().bundle
        bundle.quiet = SampleLook.quiet()
        bundle.quiet?.steal = .unknown("hidden")
        let data = try JSON.document(bundle)
        #expect(try SchemaValidator.named("bundle").findings(data).filter { $0.contains("quiet") } == [])
        #expect(try JSON.decode(Model.Bundle.self, from: data).quiet == bundle.quiet)
        var text = String(decoding: data, as: UTF8.self)
        text = text.replacing("\"involuntarySwitches\" : 2,", with: "\"involuntarySwitches\" : \"two\",")
        let spoilt = try SchemaValidator.named("bundle").findings(Data(text.utf8))
        #expect(spoilt.contains("$.quiet.involuntarySwitches: is no integer"))
    }
}
