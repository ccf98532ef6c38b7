import Document
import Model
import Testing

@testable import Datasheet

/// Which ceilings a roofline draws, and bars of what is counted in one unit.
struct RoofTests {
    /// The synthetic run with caches, random rows, and peaks of a type that no kernel has.
    private static func rich(_ change: (inout Recording) -> Void = { _ in }) -> Recording {
        var recording = Synthetic.normal()
        func copy(_ kernel: Kernel, _ number: Int, _ edit: (inout Measurement) -> Void) {
            guard
                var copy = recording.bundle.measurements.first(where: {
                    $0.case.kernel == kernel && $0.case.threads == 2
                })
            else { return }
            copy.case.id = "00000000000\(number)"
            edit(&copy)
            recording.bundle.measurements.append(copy)
        }
        for level in 1...3 {
            copy(.streamTriad, level) { one in
                one.case.shape = .cacheRead(CacheShape(level: level, bytes: 1 << (12 + 3 * level), capacity: 1 << 24))
                one.case.kernel = .cacheRead
                one.case.workload = "read L\(level)"
                one.metrics[0].value *= Double(20 - 5 * level)
                one.status = level == 2 ? .noisy : .valid
            }
        }
        copy(.embedding, 4) { one in
            one.case.kernel = .rowGather
            one.case.workload = "random rows 4M×128 f32"
        }
        copy(.peakCompute, 5) { one in
            one.case.dataType = .f64
            one.case.workload = "peak compute f64"
            one.metrics[0].value /= 2
        }
        for place in recording.bundle.measurements.indices {
            let planned = recording.bundle.measurements[place].case
            if planned.kernel == .embedding, planned.threads == 2 {
                recording.bundle.measurements[place].share = Share(of: "random rows 4M×128 f32", value: 0.9)
            }
        }
        change(&recording)
        return recording
    }

    private func roofline(_ recording: Recording) throws -> (Document.Figure, Document.Roofline) {
        let figure = try #require(Datasheet.roofline(Reading(recording)))
        guard case .roofline(let chart) = figure.chart else { throw NoChart() }
        return (figure, chart)
    }

    private struct NoChart: Error {}

    @Test func everyMeasuredCeilingIsThere() throws {
        let (figure, chart) = try roofline(Self.rich())
        #expect(
            chart.ceilings.map(\.name) == [
                "f32 peak", "f64 peak", "f32, 1 thread", "L1", "L2", "L3", "memory, triad", "random rows",
            ])
        #expect(chart.ceilings.map(\.isContext) == [false, true, true, false, false, false, false, false])
        #expect(chart.ceilings.map(\.doubt) == ["", "", "", "", "noisy", "", "", ""])
        #expect(figure.subtitle.contains("dashed: noisy;") && figure.subtitle.contains("thin: of one thread"))
        #expect(figure.subtitle.contains("bytes of random rows: rows and indices, no sums"))
        #expect(figure.description.contains("L2 375"), "\(figure.description)")
        #expect(figure.description.contains("GB/s (noisy)"))
        // Bandwidths, not lookups.
        #expect(chart.ceilings.last?.quantity?.unit == "B/s")
    }

    /// Rows that no kernel is held against bind nothing here.
    @Test func rowsThatNobodyIsHeldAgainstAreNotDrawn() throws {
        let (_, chart) = try roofline(
            Self.rich { recording in
                for place in recording.bundle.measurements.indices { recording.bundle.measurements[place].share = nil }
            })
        #expect(!chart.ceilings.contains { $0.name.hasPrefix("random rows") })
    }

    private func bars(_ recording: Recording) -> [String: Document.Bars] {
        Dictionary(
            Datasheet.barFigures(Reading(recording)).compactMap { figure in
                if case .bars(let bars) = figure.chart { (figure.title, bars) } else { nil }
            }
        ) { first, _ in first }
    }

    @Test func eachUnitWithTwoCasesHasItsBars() throws {
        let found = bars(Self.rich())
        #expect(
            Set(found.keys) == ["Arithmetic, two threads", "Rows, two threads", "Cache bandwidth, two threads"],
            "\(found.keys)")
        #expect(found["Cache bandwidth, two threads"]?.rows.map(\.isHollow) == [false, true, false])
        #expect(found["Rows, two threads"]?.axis.hasSuffix("lookups/s") == true)
        #expect(found["Arithmetic, two threads"]?.referenceName == "measured peak")
        let doubtful = bars(
            Self.rich { recording in
                for place in recording.bundle.measurements.indices
                where recording.bundle.measurements[place].case.kernel == .peakCompute {
                    recording.bundle.measurements[place].status = .noisy
                }
            })
        #expect(doubtful["Arithmetic, two threads"]?.referenceName == "measured peak, noisy")
    }

    @Test func oneCaseIsNoComparison() {
        #expect(Set(bars(Synthetic.normal()).keys) == ["Arithmetic, two threads"])
    }
}
