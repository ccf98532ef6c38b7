import Datasheet
import Document
import Model
import Testing

struct ComposeTests {
    private let normal = Datasheet.compose(Synthetic.normal())

    @Test func everySectionIsThereInItsPlace() {
        let numbers = normal.sections.map(\.number)
        #expect(numbers == [1] + Array(3...17))
        #expect(normal.glance.number == 2)
        #expect(normal.sections.allSatisfy { !$0.blocks.isEmpty })
    }

    @Test func composingTwiceIsEqual() {
        #expect(Datasheet.compose(Synthetic.normal()) == Datasheet.compose(Synthetic.normal()))
        #expect(Datasheet.compose(Synthetic.hostile()) == Datasheet.compose(Synthetic.hostile()))
    }

    @Test func everythingThatIsNotValidIsNamedInSection14() throws {
        let recording = Synthetic.normal()
        let section = try #require(normal.sections.first { $0.number == 14 })
        let words = section.words
        for measurement in recording.bundle.measurements where measurement.status != .valid {
            #expect(words.contains(measurement.case.workload))
            #expect(words.contains(measurement.status.rawValue))
            #expect(words.contains(measurement.reason ?? "no reason"))
        }
    }

    @Test func aPlannedCaseWithoutATraceIsNamedAndInvalidatesTheSheet() throws {
        var recording = Synthetic.normal()
        let lost = recording.bundle.measurements.removeFirst()
        let document = Datasheet.compose(recording)
        #expect(document.stamp.word == "INVALID")
        let section = try #require(document.sections.first { $0.number == 14 })
        #expect(section.words.contains("neither reported nor explained"))
        #expect(section.words.contains(lost.case.workload))
    }

    @Test func noneIsSaidWhereNothingIsNegative() throws {
        var recording = Synthetic.normal()
        recording.bundle.measurements.removeAll { $0.status != .valid }
        recording.bundle.plan.cases = recording.bundle.measurements.map(\.case)
        recording.bundle.plan.skipped = []
        let kept = Set(recording.bundle.measurements.map(\.case.id))
        recording.bundle.processes.removeAll { !kept.contains($0.case) }
        let section = try #require(Datasheet.compose(recording).sections.first { $0.number == 14 })
        #expect(section.words.contains("Cases that are not valid: none."))
        #expect(section.words.contains("Processes that count for nothing: none."))
    }

    @Test func aRunWithoutNumbersStillMakesAWholeSheet() {
        let document = Datasheet.compose(Synthetic.empty())
        #expect(document.stamp.word == "INVALID")
        #expect(document.sections.count == 16)
        #expect(document.glance.headlines.rows.isEmpty)
        #expect(document.glance.figure == nil)
    }

    @Test func linksLeadToSectionsThatExist() {
        for recording in [Synthetic.normal(), Synthetic.hostile(), Synthetic.empty()] {
            let document = Datasheet.compose(recording)
            let there = Set(document.sections.map(\.number) + [document.glance.number])
            #expect(document.links.allSatisfy(there.contains))
        }
    }

    @Test func wordsOfPraiseNeverAppear() {
        let words = (normal.sections.map(\.words).joined() + (normal.finding?.text ?? "")).lowercased()
        for praise in [
            "blazing", "unmatched", "leading", "outstanding", "up to ", "excellent", "impressive", "superior",
        ] {
            #expect(!words.contains(praise), "\(praise)")
        }
    }
}
