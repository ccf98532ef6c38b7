import CKernels
import Model

/// Dependent loads around one random cycle of cache lines: what a load costs when nothing can be foreseen.
final class Chase: Runnable {
    let work: Work
    let implementation = Implementation.own("dependent loads")
    /// One thread, which is only held to be pinned.
    private let pool: WorkerPool
    private let lines: Int
    private let buffer: Buffer<UInt64>
    private static let line = Int(ASSAY_CHASE_LINE)
    /// Where the next run goes on, so that runs after each other go through the whole cycle.
    private var position: UnsafeMutableRawPointer
    /// Called with the buffer before it is verified: for tests, which must be able to spoil it.
    var tamper: ((UnsafeMutableRawPointer) -> Void)?

    init(_ shape: BufferShape, work: Work, pool: WorkerPool, seed: UInt64) throws(KernelError) {
        lines = shape.bytes / Self.line
        guard lines > 0 else { throw .failed("bytes: \(shape.bytes) is less than one line of \(Self.line) bytes") }
        guard lines <= Int(UInt32.max) else {
            throw .unavailable("bytes: a chase has at most 2^32 − 1 lines, not \(lines)")
        }
        let pages = shape.pages == .small ? ASSAY_PAGES_SMALL : ASSAY_PAGES_HUGE
        buffer = try Buffer(count: lines * Self.line / MemoryLayout<UInt64>.stride, pages: pages)
        guard assay_chase_build(buffer.start, lines, seed) == 0 else {
            throw .unavailable("no memory for the order of \(lines) lines")
        }
        position = UnsafeMutableRawPointer(buffer.start)
        self.work = work
        self.pool = pool
    }

    var pages: PageUse? { buffer.pages }

    func run(iterations: Int) {
        for _ in 0..<iterations {
            if let next = assay_chase_follow(position, Shape.chaseLoads) { position = next }
        }
    }

    /// Every link must lead to the line of the next rank. Then a walk from anywhere counts through all ranks before it
    /// comes back: one cycle, verified without waiting for one load after another. And a run must end as many ranks
    /// further on as it made loads.
    func check() -> Check {
        let start = UnsafeMutableRawPointer(buffer.start)
        position = start
        run(iterations: 1)
        tamper?(start)
        let wrong = wrongLinks()
        let expected = (link(0).rank &+ UInt64(Shape.chaseLoads)) % UInt64(lines)
        let strayed = line(position).map { link($0).rank != expected } ?? true
        return Check(
            error: Double(wrong + (strayed ? 1 : 0)), bound: 0, compared: lines,
            coverage: "all links: one cycle, and where a run ends; the error counts what is wrong")
    }

    private func link(_ line: Int) -> assay_link {
        UnsafeRawPointer(buffer.start).load(fromByteOffset: line * Self.line, as: assay_link.self)
    }

    /// Which line begins at `address`.
    private func line(_ address: UnsafeMutableRawPointer?) -> Int? {
        let offset = UInt(bitPattern: address) &- UInt(bitPattern: buffer.start)
        let (line, rest) = offset.quotientAndRemainder(dividingBy: UInt(Self.line))
        return rest == 0 && line < UInt(lines) ? Int(line) : nil
    }

    private func wrongLinks() -> Int {
        var wrong = 0
        for index in 0..<lines {
            let here = link(index)
            let following = here.rank &+ 1 == UInt64(lines) ? 0 : here.rank &+ 1
            guard here.rank < UInt64(lines), let next = line(here.next), link(next).rank == following else {
                wrong += 1
                continue
            }
        }
        return wrong
    }
}
