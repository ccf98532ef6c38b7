import Foundation
import Synchronization

/// A machine whose counters a thread moves on, and which remembers what it wrote when.
public final class RAPLWriter: Sendable {
    public var path: String { tree.path }
    private let tree: TemporaryDirectory
    private let truth = Mutex<[(t: Double, joules: Double)]>([])
    private let isDone = Atomic<Bool>(false)
    private let hasEnded = Atomic<Bool>(false)
    private let isBroken = Atomic<Bool>(false)

    @Sendable public static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// - Parameter fault: what happens to the counter from `breakDown` on.
    public init(watts: Double, range: Double, period: Double = 0.001, fault: Fault = .none) throws {
        tree = try TemporaryDirectory()
        let zone = tree.path + "/sys/class/powercap/intel-rapl:0"
        try FileManager.default.createDirectory(atPath: zone, withIntermediateDirectories: true)
        try "package-0\n".write(toFile: zone + "/name", atomically: true, encoding: .utf8)
        try "\(Int(range * 1e6))\n".write(toFile: zone + "/max_energy_range_uj", atomically: true, encoding: .utf8)
        try "\(Int(watts * 1.2e6))\n".write(
            toFile: zone + "/constraint_0_power_limit_uw", atomically: true, encoding: .utf8)
        let path = zone + "/energy_uj"
        let start = Self.now()
        // As the thread goes on: a reading may come before its first turn.
        put(path, fault == .unfed ? 0 : fault == .backwards ? 1000 : 1, range)
        Thread.detachNewThread { [self] in
            while !isDone.load(ordering: .relaxed) {
                let t = Self.now()
                let isFaulty = isBroken.load(ordering: .relaxed)
                switch fault {
                case .none, .unfed: put(path, fault == .unfed ? 0 : 1 + watts * (t - start), range)
                case .stuck: if !isFaulty { put(path, 1 + watts * (t - start), range) }
                case .backwards: put(path, 1000 + (isFaulty ? -900 : 0) + watts * (t - start), range)
                case .vanishing: if isFaulty { unlink(path) } else { put(path, 1 + watts * (t - start), range) }
                }
                truth.withLock { $0.append((t, watts * (t - start))) }
                usleep(UInt32(period * 1e6))
            }
            hasEnded.store(true, ordering: .releasing)
        }
    }

    public enum Fault: Sendable, CaseIterable { case none, unfed, stuck, backwards, vanishing }

    private func put(_ path: String, _ joules: Double, _ range: Double) {
        let count = UInt64(joules.truncatingRemainder(dividingBy: range) * 1e6)
        // Whole at any moment, as in sysfs.
        let text = "\(count)\n"
        let descriptor = open(path + ".new", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        _ = text.withCString { write(descriptor, $0, strlen($0)) }
        close(descriptor)
        rename(path + ".new", path)
    }

    public func breakDown() { isBroken.store(true, ordering: .relaxed) }

    public func end() {
        isDone.store(true, ordering: .relaxed)
        while !hasEnded.load(ordering: .acquiring) { usleep(500) }
    }

    /// The longest that the counter stood still between two steps, seconds: how coarse this writer really was.
    public var longestStep: Double {
        truth.withLock { steps in zip(steps.dropFirst(), steps).reduce(0) { max($0, $1.0.t - $1.1.t) } }
    }

    /// What had been written by `t`.
    public func joules(at t: Double) -> Double {
        truth.withLock { $0.last { $0.t <= t }?.joules ?? 0 }
    }
}
