import Measure
import Model
import Synchronization
import Units

/// Where the run is: a line that redraws on a terminal, a plain line every few seconds elsewhere.
final class ProgressLine: Sendable {
    private let terminal: Bool
    private let width: Int
    /// When the last plain line was written, seconds on the run's clock.
    private let lastPlain = Mutex(-10.0)

    init(terminal: Bool, width: Int) {
        self.terminal = terminal
        self.width = width
    }

    func show(_ progress: Progress) {
        if let probe = progress.probe { return show(probe, progress) }
        let share = Double(progress.done) / Double(max(progress.total, 1))
        let threads = progress.planned.threads
        let name =
            "\(progress.planned.workload) · \(progress.planned.backend.rawValue) · \(threads) thread\(threads == 1 ? "" : "s")"
        let end = "\(Int(share * 100)) %   \(Self.duration(progress.left)) left"
        if terminal, width < 60 {
            Console.redraw("\r\u{1B}[K\(end.prefix(max(width - 1, 1)))")
        } else if terminal {
            let filled = Int(share * 20)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
            let room = max(width - end.count - 26, 10)
            let shown =
                name.count > room
                ? name.prefix(room - 1) + "…" : name + String(repeating: " ", count: room - name.count)
            Console.redraw("\r\u{1B}[K\(shown) \(bar)  \(end)")
        } else if isDue(progress.elapsed) {
            Console.note("progress   \(progress.done) of \(progress.total) processes, \(end): \(name)")
        }
    }

    /// A step of the search for a rate: a line that stays.
    private func show(_ probe: RateProbe, _ progress: Progress) {
        let rate = Figures.significant(probe.rate, 4)
        let latency = Figures.quantity(probe.latency, .seconds, significant: 3)
        let verdict = probe.valid ? "valid" : "not valid: \(probe.reason ?? "no reason recorded")"
        if terminal { Console.redraw("\r\u{1B}[K") }
        Console.note(
            "rate       \(progress.planned.workload): \(rate) queries/s, \(latency) at its percentile: \(verdict)")
    }

    private func isDue(_ elapsed: Double) -> Bool {
        lastPlain.withLock { last in
            guard elapsed - last >= 5 else { return false }
            last = elapsed
            return true
        }
    }

    func finish() {
        if terminal { Console.redraw("\r\u{1B}[K") }
    }

    static func duration(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e7).rounded(.up))
        if whole < 90 { return "\(whole) s" }
        if whole < 5400 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
