import Datasheet
import Doctor
import Document
import Model
import Render
import TestSupport
import Testing

/// A diagnosis as a person reads it.
struct ReportTests {
    @Test func whatSpeaksAgainstARunIsMarkedInTextToo() {
        let report = Datasheet.doctor(Healthy.diagnosis { $0.machine.limits.cpuQuota = .known(.at(0.5)) })
        let text = Terminal().render(report.findings)
        #expect(text.contains("✗ degraded   CPU quota"))
        #expect(text.contains("✓ available  topology"))
        #expect(!text.contains("\u{1B}"))
        let coloured = Terminal(isColoured: true)
        #expect(coloured.render(report.findings).contains("\u{1B}[33m✗ degraded"))
        #expect(coloured.render(report.findings).contains("\u{1B}[32m✓ available"))
        #expect(
            coloured.render(report.verdict).hasPrefix("\u{1B}[33mA standard run cannot be trusted here: CPU quota."))
    }

    @Test(arguments: [60, 80, 120])
    func linesFitTheTerminal(_ width: Int) {
        let report = Datasheet.doctor(Healthy.diagnosis { $0.live = nil })
        for table in [report.findings, report.verdict, report.omitted].compactMap({ $0 }) {
            for line in Terminal(width: width).render(table).split(separator: "\n") {
                #expect(line.count <= width, "\(line)")
            }
        }
    }

    @Test func commandsAreNamedOnceAndWhatStopsARunComesFirst() throws {
        let diagnosis = Healthy.diagnosis {
            $0.tune("turbo", "on")
            $0.live?.quiet.otherLoad = .known(0.5)
            $0.live?.quiet.involuntarySwitches = 300
        }
        let changes = try #require(Datasheet.doctor(diagnosis).changes)
        let lines = Terminal().render(changes).split(separator: "\n")
        #expect(lines[0] == "What to change")
        #expect(lines[1].hasPrefix("load of others and involuntary switches  ps -eo"))
        #expect(lines[2].hasPrefix("turbo"))
        let many = Healthy.diagnosis {
            $0.live?.quiet.otherLoad = .known(0.5)
            $0.live?.quiet.involuntarySwitches = 300
            $0.live?.quiet.canaries[0].spread = 0.1
        }
        let text = Datasheet.doctor(many).changes.map(Terminal().render)
        #expect(text?.contains("load of others, involuntary switches and 1 more  ps -eo") == true)
        #expect(lines.count == 3)
        #expect(Datasheet.doctor(Healthy.diagnosis()).changes == nil)
    }

    @Test func whatCannotBeChangedSaysWhy() {
        let report = Datasheet.doctor(
            Healthy.diagnosis {
                $0.machine.accelerators = []
                $0.machine.acceleratorsNote = .known("no GPU")
            })
        #expect(Terminal().render(report.findings).contains("no GPU; nothing changes it here: it takes"))
    }

    @Test func theSameReasonIsSaidOnce() throws {
        let report = Datasheet.doctor(Healthy.diagnosis { $0.machine.tunables = [] })
        let text = Terminal().render(try #require(report.omitted))
        #expect(text.split(separator: "\n").count == 2)
        #expect(text.contains("clock source, governor, energy performance preference, turbo, SMT and NUMA balancing:"))
    }

    @Test func aLookInOneLine() {
        var look = SampleLook.quiet()
        #expect(Doctor.summary(of: look, units: 2) == "steal 0.10\u{202F}%, canary spread 0.40\u{202F}%: good")
        look.otherLoad = .known(0.4)
        look.canaries[1].spread = 0.09
        #expect(
            Doctor.summary(of: look, units: 2)
                == "steal 0.10\u{202F}%, canary spread 9.0\u{202F}%: not quiet (others use 40\u{202F}%, "
                + "bandwidth unsteady); assay doctor says more")
        look.stealOfAll = .unknown("hidden")
        #expect(Doctor.summary(of: look, units: 2).hasPrefix("steal unknown"))
    }

    @Test func theJSONReadsBack() throws {
        let diagnosis = Healthy.diagnosis {
            $0.tune("turbo", "on")
            $0.machine.topology.devices = []
        }
        #expect(try JSON.decode(Diagnosis.self, from: JSON.document(diagnosis)) == diagnosis)
    }
}
