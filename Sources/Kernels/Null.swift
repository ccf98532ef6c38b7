import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Waits, or misbehaves in the one way it is told to: for tests of the harness itself.
final class Null: Runnable {
    let work = Work(flops: 0, bytes: 0, lookups: 0, footprint: 0)
    let implementation = Implementation.own("null")
    private let shape: NullShape
    private let nanoseconds: UInt64

    init(_ shape: NullShape) throws(KernelError) {
        guard shape.nanoseconds >= 0 else { throw .failed("nanoseconds: \(shape.nanoseconds) is negative") }
        self.shape = shape
        nanoseconds = UInt64(Double(shape.nanoseconds) * (1 + Self.slowdown))
    }

    /// A known regression, to see whether the gate finds it: `ASSAY_TEST_SLOWDOWN=0.05` makes each iteration 5 % longer. Not
    /// part of the shape, since what is slower must be the same case.
    private static var slowdown: Double {
        let share = getenv("ASSAY_TEST_SLOWDOWN").flatMap { Double(String(cString: $0)) } ?? 0
        return share > 0 && share < 10 ? share : 0
    }

    func check() -> Check {
        let wrong = shape.fault == .wrong
        return Check(error: wrong ? 1 : 0, bound: 0.5, compared: 0, coverage: wrong ? "wrong as told" : "nothing to do")
    }

    func run(iterations: Int) {
        for _ in 0..<iterations {
            wait()
            misbehave()
        }
    }

    private func wait() {
        let end = now() + nanoseconds
        while now() < end {}
    }

    private func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    private func misbehave() {
        switch shape.fault {
        case .none, .wrong: return
        case .crash: crash()
        case .hang: while true { sleep(3600) }
        case .allocate: allocateWithoutBound()
        case .exit: exit(7)
        }
    }

    /// A real fault of the processor, not a signal sent to ourselves: a read of a page that nobody may touch.
    private func crash() {
        let page = mmap(nil, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        page?.storeBytes(of: 1, as: UInt8.self)
        abort()
    }

    /// Until the kernel ends it, or refuses: then it ends itself.
    private func allocateWithoutBound() {
        let step = 64 << 20
        while let memory = mmap(nil, step, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            memory != MAP_FAILED
        {
            memory.initializeMemory(as: UInt8.self, repeating: 1, count: step)
        }
        abort()
    }
}
