import Model

/// What came of one stretch of traffic; latencies lie in the buffer that was handed in.
struct Issued {
    var end: Traffic.End
    var queries: Int
    /// Over the bound; 0 where there is none.
    var overLatency: Int
    /// From the first issue, or scheduled time, to the last completion; nanoseconds.
    var nanoseconds: UInt64
}

/// When a stretch of traffic ends. Times are nanoseconds.
struct IssueLimits {
    var minimumDuration: UInt64
    var minimumQueries: Int
    /// After this time no further query is issued.
    var cap: UInt64
    /// A latency above it counts as over.
    var bound = Int64.max
    /// With more over the bound than this the stretch ends; `nil`: it goes on whatever they are.
    var overAllowed: Int?
}

/// Issues queries on the one thread there is and takes their times. Nothing here allocates, locks or tells.
struct QueryIssuer<Clock: TimeSource> {
    let clock: Clock

    /// Single-stream and multi-stream: the next query on completion of the one before.
    @inline(never)
    func closed(_ runnable: any Runnable, samples: Int, _ limits: IssueLimits, into latencies: LatencyBuffer) -> Issued
    {
        let start = clock.now()
        var queries = 0
        while true {
            let before = clock.now()
            runnable.run(iterations: samples)
            let after = clock.now()
            latencies[queries] = Int64(after &- before)
            queries += 1
            let elapsed = after &- start
            let end: Traffic.End
            if elapsed >= limits.minimumDuration, queries >= limits.minimumQueries {
                end = .complete
            } else if elapsed >= limits.cap {
                end = .timeCap
            } else if queries == latencies.capacity {
                end = .queryCap
            } else {
                continue
            }
            return Issued(end: end, queries: queries, overLatency: 0, nanoseconds: elapsed)
        }
    }

    /// Server: each query when it is due, or as soon as those before it are done. Its latency counts from when it was due.
    @inline(never)
    func scheduled(_ runnable: any Runnable, due: [Int64], _ limits: IssueLimits, into latencies: LatencyBuffer)
        -> Issued
    {
        let start = clock.now()
        var result = Issued(end: .complete, queries: 0, overLatency: 0, nanoseconds: 0)
        while result.queries < due.count {
            if result.queries == latencies.capacity { result.end = .queryCap; break }
            if result.nanoseconds >= limits.cap { result.end = .timeCap; break }
            let scheduled = start &+ UInt64(due[result.queries])
            clock.wait(until: scheduled)
            runnable.run(iterations: 1)
            let done = clock.now()
            let latency = Int64(done &- scheduled)
            latencies[result.queries] = latency
            result.queries += 1
            result.nanoseconds = done &- start
            if latency > limits.bound {
                result.overLatency += 1
                if let allowed = limits.overAllowed, result.overLatency > allowed { result.end = .hopeless; break }
            }
        }
        return result
    }
}

/// Room for the latencies of a process, laid out and touched before the first query.
final class LatencyBuffer {
    let capacity: Int
    private let memory: UnsafeMutablePointer<Int64>

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
        memory = .allocate(capacity: self.capacity)
        memory.initialize(repeating: 0, count: self.capacity)
    }

    deinit { memory.deallocate() }

    subscript(index: Int) -> Int64 {
        get { memory[index] }
        set { memory[index] = newValue }
    }

    func first(_ count: Int) -> UnsafeBufferPointer<Int64> {
        UnsafeBufferPointer(start: memory, count: min(max(count, 0), capacity))
    }
}
