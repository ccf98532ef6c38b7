import SystemFiles

/// What /proc/interrupts has counted on one processing unit.
struct InterruptCounts: Equatable {
    /// Ticks of the timer that drives the scheduler, under the names that it has on each kind of machine.
    var timer: UInt64
    var all: UInt64

    /// - Parameter text: the whole file: a head that names the online processing units, then one row an interrupt.
    /// - Returns: `nil` where the head does not name the processing unit, or no row has a number for it.
    init?(text: String, processingUnit unit: Int) {
        var lines = text.lines[...]
        guard let column = lines.popFirst()?.words.firstIndex(of: "CPU\(unit)") else { return nil }
        timer = 0
        all = 0
        var rows = 0
        for line in lines {
            let words = line.words
            guard let label = words.first, label.hasSuffix(":"), !Self.ofWholeMachine.contains(label),
                words.count > column + 1, let count = UInt64(words[column + 1])
            else { continue }
            rows += 1
            all &+= count
            if Self.isTimer(label, words.last) { timer &+= count }
        }
        guard rows > 0 else { return nil }
    }

    /// Errors, which have one number for all processing units.
    private static let ofWholeMachine: Set<Substring> = ["ERR:", "MIS:"]

    /// `LOC` on x86, `HVS` under Hyper-V, `arch_timer` on Arm, `riscv-timer`, `timer0` under Xen.
    private static func isTimer(_ label: Substring, _ name: Substring?) -> Bool {
        if label == "LOC:" || label == "HVS:" { return true }
        guard let name else { return false }
        return name.hasSuffix("timer") || name.hasSuffix("timer0")
    }
}
