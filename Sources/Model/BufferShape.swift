/// A buffer of `bytes` (for STREAM: each of its arrays).
public struct BufferShape: Codable, Sendable, Hashable {
    /// Which pages the buffer lies on.
    public enum Pages: String, Codable, Sendable, CaseIterable { case huge, small }
    public var bytes: Int
    /// `nil`: huge ones where they are allowed.
    public var pages: Pages?

    public init(bytes: Int, pages: Pages? = nil) {
        self.bytes = bytes
        self.pages = pages
    }

    var sizes: [(name: String, value: String)] {
        [("bytes", "\(bytes)")] + (pages.map { [("pages", $0.rawValue)] } ?? [])
    }

    /// One pass over arrays of elements of `type`; bytes are counted as STREAM counts them: what the program reads and
    /// writes, nothing for the lines that a plain store would read first.
    func streamWork(_ type: DataType, arrays: Int, flops: Int) throws(ShapeError) -> Work {
        try positive(("bytes", bytes))
        let elements = bytes / type.bytes
        let moved = try product(arrays, elements, type.bytes)
        return Work(flops: Double(try product(flops, elements)), bytes: Double(moved), lookups: 0, footprint: moved)
    }

    func chaseWork() throws(ShapeError) -> Work {
        try positive(("bytes", bytes))
        // Beside the lines themselves the order in which they are linked: four bytes a line of 64.
        return Work(flops: 0, bytes: 0, lookups: Double(Shape.chaseLoads), footprint: try sum(bytes, bytes / 16))
    }
}

/// A buffer that each thread reads over and over, chosen so that it stays in the cache of a level.
public struct CacheShape: Codable, Sendable, Hashable {
    /// 1, 2, 3 …
    public var level: Int
    /// Of one thread's buffer.
    public var bytes: Int
    /// Of all caches of the level that the threads have between them: what fits in there may be bound by this bandwidth.
    public var capacity: Int

    public init(level: Int, bytes: Int, capacity: Int) {
        self.level = level
        self.bytes = bytes
        self.capacity = capacity
    }

    var sizes: [(name: String, value: String)] { [("level", "\(level)"), ("bytes", "\(bytes)")] }

    /// Bytes that a thread reads in one iteration at least: enough for the call around it to vanish.
    public static let leastRead = 16 << 20

    /// Times that the buffer is read in one iteration.
    public var passes: Int { bytes < 1 || bytes >= Self.leastRead ? 1 : (Self.leastRead + bytes - 1) / bytes }

    /// Of one thread; what all of them do is stated by the `Runnable`, which knows how many there are.
    func work() throws(ShapeError) -> Work {
        try positive(("level", level), ("bytes", bytes))
        return Work(flops: 0, bytes: Double(try product(bytes, passes)), lookups: 0, footprint: bytes)
    }
}

/// Multiply-adds in registers.
public struct PeakShape: Codable, Sendable, Hashable {
    /// The instruction set that is measured, by its name (`avx2`); `nil` for the best that there is for the data type.
    public var instructionSet: String?

    public init(instructionSet: String? = nil) { self.instructionSet = instructionSet }

    var sizes: [(name: String, value: String)] { instructionSet.map { [("instructionSet", $0)] } ?? [] }
}

extension Shape {
    /// The peak of the best instruction set.
    public static var peakCompute: Shape { .peak(PeakShape()) }
}
