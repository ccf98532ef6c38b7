import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

// Globals, because a C handler can capture nothing.

/// Number of the signal that came; 0 before.
private let received = Atomic<Int32>(0)
/// Writing end of a pipe: the only thing a handler may safely do is write.
private let wake = Atomic<Int32>(-1)

/// SIGINT and SIGTERM end a run in good order: the first asks, a second one ends the process at once.
enum SignalWatch {
    static var name: String? {
        switch received.load(ordering: .acquiring) {
        case SIGINT: "SIGINT"
        case SIGTERM: "SIGTERM"
        case SIGHUP: "SIGHUP"
        default: nil
        }
    }

    /// The shell's convention: 128 + the signal's number.
    static var exitCode: Int32 { 128 + received.load(ordering: .acquiring) }

    /// A reader that has gone, or a file that may not grow, is an error of the write that meets it, not the end of us.
    static func ignoreWriteSignals() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Calls `stop` from a thread of its own when a signal comes.
    static func start(_ stop: @escaping @Sendable () -> Void) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        wake.store(ends[1], ordering: .releasing)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            if received.exchange(number, ordering: .acquiringAndReleasing) != 0 { _exit(128 + number) }
            var byte: UInt8 = 1
            _ = write(wake.load(ordering: .acquiring), &byte, 1)
        }
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaction(number, &action, nil) }
        BlockedThread.start(reading: ends[0]) { stop() }
    }
}

/// A thread that sleeps in `read` and costs nothing until there is something, or nobody left to send it.
enum BlockedThread {
    private final class Context: Sendable {
        let descriptor: Int32
        let body: @Sendable () -> Void

        init(_ descriptor: Int32, _ body: @escaping @Sendable () -> Void) {
            self.descriptor = descriptor
            self.body = body
        }
    }

    /// Calls `body` once, when a byte or the end of `descriptor` comes.
    static func start(reading descriptor: Int32, _ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Context(descriptor, body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, 128 << 10)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let started = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let context = Unmanaged<Context>.fromOpaque(argument).takeRetainedValue()
                var byte: UInt8 = 0
                while read(context.descriptor, &byte, 1) < 0, errno == EINTR {}
                context.body()
                return nil
            }, context.toOpaque())
        if started != 0 { context.release() }
        pthread_attr_destroy(&attributes)
    }
}
