import Model
import SystemFiles

/// What the scheduler has counted for each thread of this process.
struct ThreadCounters {
    private struct Counts {
        var migrations: Int?
        var waited: Double?
    }

    private var threads: [String: Counts] = [:]

    init(_ files: SystemFiles = SystemFiles()) {
        for thread in files.names(in: "/proc/self/task").prefix(4096) {
            let folder = "/proc/self/task/\(thread)"
            // Seconds running, seconds waiting to run, turns.
            let times = files.line(folder + "/schedstat").value?.words
            let waited = times.flatMap { $0.count > 1 ? Double($0[1]) : nil }
            let line = files.text(folder + "/sched").value?.lines.first { $0.contains("nr_migrations") }
            threads[thread] = Counts(
                migrations: line?.words.last.flatMap { Int($0) }, waited: waited.map { $0 * 1e-9 })
        }
    }

    /// Sums over the threads that are there now, of what was counted since an earlier look; a thread that was not there yet
    /// counts from its start.
    func since(_ earlier: ThreadCounters) -> (migrations: Int?, waitingSeconds: Double?) {
        var migrations: Int?
        var waited: Double?
        for (thread, counts) in threads {
            let before = earlier.threads[thread]
            if let now = counts.migrations {
                migrations = (migrations ?? 0) + max(now - (before?.migrations ?? 0), 0)
            }
            if let now = counts.waited { waited = (waited ?? 0) + max(now - (before?.waited ?? 0), 0) }
        }
        return (migrations, waited)
    }
}
