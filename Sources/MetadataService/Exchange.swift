#if canImport(Glibc)
    import Glibc
#endif

/// A moment after which nothing is waited for any more.
struct Deadline: Sendable {
    /// The whole time there was, for messages.
    let milliseconds: Int
    private let end: Int

    init(milliseconds: Int) {
        self.milliseconds = milliseconds
        end = Self.now() + milliseconds * 1_000_000
    }

    /// Milliseconds, rounded up so that the last one is not spent in a busy loop; 0 when it is over.
    var left: Int32 { Int32(clamping: max(0, (end - Self.now() + 999_999) / 1_000_000)) }

    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// Sends requests side by side and waits for their answers in one loop.
enum Exchange {
    typealias Outcome = Result<Response, RequestProblem>

    /// One outcome a request, in order.
    ///
    /// - Parameter enough: an answer after which the others need not be waited for.
    static func all(
        _ requests: [Request], at endpoint: Endpoint, until deadline: Deadline,
        enough: (Int, Response) -> Bool = { _, _ in false }
    ) -> [Outcome] {
        let connections = requests.map { Connection($0, to: endpoint) }
        var isEnough = false
        while !isEnough, wait(for: connections, until: deadline) {
            for (index, connection) in connections.enumerated() where connection.outcome == nil {
                connection.proceed()
                if case .success(let response)? = connection.outcome, enough(index, response) { isEnough = true }
            }
        }
        return connections.map { connection in
            connection.end(isEnough ? "not waited for" : "within \(deadline.milliseconds) ms")
        }
    }

    /// Whether there is something to go on with: false when all are done or time is up.
    private static func wait(for connections: [Connection], until deadline: Deadline) -> Bool {
        var waiting = connections.filter { $0.outcome == nil }.map {
            pollfd(fd: $0.descriptor, events: $0.events, revents: 0)
        }
        let left = deadline.left
        guard !waiting.isEmpty, left > 0 else { return false }
        // A signal ends the wait early; the next turn waits for the rest.
        return poll(&waiting, nfds_t(waiting.count), left) != 0
    }
}
