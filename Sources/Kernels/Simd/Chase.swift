import CKernels
import Model

/// Dependent loads around one random cycle of cache lines: what a load costs when nothing can be foreseen.
final class Chase: Runnable {
    let work: Work
    let implementation = Implementation.own("one dependent load after another")
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
        buffer = try Buffer(count: lines * Self.line / MemoryLayout<UInt64>.stride)
        guard assay_chase_build(buffer.start, lines, seed) == 0 else {
            throw .unavailable("no memory for the order of \(lines) lines")
        }
        position = UnsafeMutableRawPointer(buffer.start)
        self.work = work
        self.pool = pool
    }

    func run(iterations: Int) {
        for _ in 0..<iterations {
            if let next = assay_chase_follow(position, Shape.chaseLoads) { position = next }
        }
    }

    /// Walks the cycle: from the first line, `lines` steps must lead back to it, and no fewer. And a run must end where
    /// the walk is after as many steps.
    func check() -> Check {
        let start = UnsafeMutableRawPointer(buffer.start)
        position = start
        run(iterations: 1)
        tamper?(start)
        do throws(KernelError) {
            let length = try cycleLength()
            return Check(
                error: length == lines ? 0 : 1, bound: 0, compared: lines,
                coverage: length == lines ? "all links: one cycle" : "all links: no cycle of \(lines) lines")
        } catch {
            return .impossible(error.description)
        }
    }

    /// Steps until the walk is back at the first line; 0 where a link leads elsewhere, the walk does not come back or
    /// the run that was just made ended somewhere else.
    private func cycleLength() throws(KernelError) -> Int {
        // The links as 32-bit numbers: a sixteenth of the size, so that the walk stays in the caches as far as can be.
        let next = try Buffer<UInt32>(count: lines)
        let start = UInt(bitPattern: buffer.start)
        for line in 0..<lines {
            let address = UInt(truncatingIfNeeded: buffer.start[line * Self.line / MemoryLayout<UInt64>.stride])
            let offset = address &- start
            guard offset % UInt(Self.line) == 0, offset / UInt(Self.line) < UInt(lines) else { return 0 }
            next.start[line] = UInt32(truncatingIfNeeded: offset / UInt(Self.line))
        }
        var steps = 0
        var line = 0
        var reached = 0
        let loads = Shape.chaseLoads % lines
        repeat {
            if steps == loads { reached = line }
            line = Int(next.start[line])
            steps += 1
        } while line != 0 && steps < lines
        let ended = (UInt(bitPattern: position) &- start) / UInt(Self.line)
        return line == 0 && ended == UInt(reached) ? steps : 0
    }
}
