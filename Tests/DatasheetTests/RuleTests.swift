import Datasheet
import Document
import Model
import Statistics
import Testing

/// Which sentence appears when.
struct RuleTests {
    private func stamp(_ change: (inout Recording) -> Void) -> Document.Stamp {
        var recording = Synthetic.normal()
        change(&recording)
        return Datasheet.compose(recording).stamp
    }

    private func cautions(_ change: (inout Recording) -> Void) -> String {
        var recording = Synthetic.normal()
        change(&recording)
        return Datasheet.compose(recording).sections.first { $0.number == 3 }?.words ?? ""
    }

    @Test func theStamp() {
        #expect(stamp { _ in }.word == "VALID")
        #expect(stamp { $0.bundle.interrupted = "SIGINT" }.word == "INVALID")
        let wrong = Check(error: .nan, bound: 1e-6, compared: 1, coverage: "all outputs")
        #expect(stamp { $0.bundle.measurements[0].check = wrong }.word == "INVALID")
        #expect(stamp { $0.files = [] }.word == "UNVERIFIED")
        #expect(stamp { $0.samples.removeLast() }.word == "UNVERIFIED")
        #expect(stamp { $0.bundle.tool.modified = true }.word == "UNVERIFIED")
        #expect(stamp { $0.bundle.measurements[0].check = nil }.word == "UNVERIFIED")
    }

    @Test func theStampCounts() {
        #expect(stamp { _ in }.reason.text == "12 of 16 cases valid; 4 are not, with reasons in §14.")
    }

    @Test func cautionsFireByRule() {
        let plain = cautions { _ in }
        #expect(plain.contains("The second thread adds"))
        #expect(plain.contains("No energy figure"))
        #expect(plain.contains("One machine, one day"))
        #expect(!plain.contains("Settings changed"))
        #expect(!plain.contains("A ceiling is too low"))
        let tooLow = cautions { $0.bundle.measurements[0].share = Share(of: "peak compute f32", value: 1.04) }
        #expect(tooLow.contains("A ceiling is too low"))
        #expect(cautions { $0.bundle.tool.modified = true }.contains("in no commit"))
        #expect(cautions { $0.bundle.interrupted = "SIGINT" }.contains("The run was interrupted"))
        #expect(
            cautions {
                $0.bundle.tunablesChanged = [TunableChange(name: "governor", before: .known("a"), after: .known("b"))]
            }
            .contains("Settings changed during the run"))
        #expect(!cautions { $0.environment[0].frequency = 2.6e9 }.contains("Frequency and temperature are hidden"))
    }

    @Test func plusMinusOnlyWhereBothHalvesPrintAlike() {
        func interval(_ lower: Double, _ upper: Double) -> String {
            var recording = Synthetic.normal()
            recording.bundle.measurements[1].metrics[0].value = 211e9
            recording.bundle.measurements[1].metrics[0].interval = Interval(lower: lower, upper: upper, level: 0.97)
            return Datasheet.compose(recording).glance.headlines.rows[0].interval
        }
        #expect(interval(209.5e9, 212.5e9) == "±\u{A0}1.5\u{A0}GFLOP/s")
        #expect(interval(209.5e9, 213.5e9) == "209.5 – 213.5\u{A0}GFLOP/s")
    }

    @Test func fewerThanSixProcessesGiveNoInterval() {
        var recording = Synthetic.normal()
        recording.bundle.measurements[1].metrics[0].interval = nil
        let row = Datasheet.compose(recording).glance.headlines.rows[0]
        // Read after the value, so that the number keeps its unit.
        #expect(row.interval == "GFLOP/s; no interval: n < 6")
    }
}
