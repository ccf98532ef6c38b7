import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A thread of the system: it blocks in system calls, which the pool of Swift's tasks is too small for.
final class SamplingThread: Sendable {
    private let ending = Atomic<Bool>(false)
    private let handle = Mutex<pthread_t?>(nil)
    private let begun = Mutex<(cpu: Double, wall: Double)>((0, 0))
    private let used = Mutex<(cpu: Double, wall: Double)>((0, 0))
    private let work: @Sendable (SamplingThread) -> Void

    init(_ work: @escaping @Sendable (SamplingThread) -> Void) {
        self.work = work
        var thread = pthread_t()
        let box = Unmanaged.passRetained(self)
        let code = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let thread = Unmanaged<SamplingThread>.fromOpaque(context).takeRetainedValue()
                thread.beginCounting()
                thread.work(thread)
                thread.endCounting()
                return nil
            }, box.toOpaque())
        if code == 0 {
            handle.withLock { $0 = thread }
        } else {
            // No thread to be had: one look, here.
            box.release()
            ending.store(true, ordering: .relaxed)
            work(self)
        }
    }

    var isEnding: Bool { ending.load(ordering: .relaxed) }
    /// CPU time and time since counting began, known once it has ended.
    var cpuSeconds: Double { used.withLock { $0.cpu } }
    var seconds: Double { used.withLock { $0.wall } }

    /// Tells it to end and waits until it has.
    func end() {
        ending.store(true, ordering: .relaxed)
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        if let thread { pthread_join(thread, nil) }
    }

    /// What came before is no part of the cost: the close look before the run.
    func beginCounting() { begun.withLock { $0 = Self.clocks } }

    private func endCounting() {
        let (start, end) = (begun.withLock { $0 }, Self.clocks)
        used.withLock { $0 = (end.cpu - start.cpu, end.wall - start.wall) }
    }

    private static var clocks: (cpu: Double, wall: Double) {
        func seconds(_ clock: clockid_t) -> Double {
            var time = timespec()
            clock_gettime(clock, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        return (seconds(CLOCK_THREAD_CPUTIME_ID), seconds(CLOCK_MONOTONIC_RAW))
    }
}
