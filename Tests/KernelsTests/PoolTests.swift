import CKernels
import Glibc
import Testing

@testable import Kernels

/// Processing units that the calling thread may use, from the kernel's own words: `0-1,4`.
private func allowedUnits() -> [Int] {
    guard let file = fopen("/proc/thread-self/status", "r") else { return [] }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split { $0 == "\t" || $0 == "\n" }
        guard words.first == "Cpus_allowed_list:", words.count == 2 else { continue }
        return words[1].split(separator: ",").flatMap { range -> [Int] in
            let ends = range.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last else { return [] }
            return Array(first...last)
        }
    }
    return []
}

/// The unit the calling thread is pinned to; −1 where it may use several.
private func pinnedUnit() -> Int32 {
    let units = allowedUnits()
    return units.count == 1 ? Int32(units[0]) : -1
}

/// What a worker leaves: how often it ran, and where it is pinned.
private struct Mark {
    var runs: Int32 = 0
    var unit: Int32 = -1
    var workers: Int32 = 0
}

@Suite(.serialized) struct PoolTests {
    private func run(_ pool: WorkerPool, times: Int) throws -> [Mark] {
        let marks = try Buffer<Mark>(count: 64)
        for i in 0..<64 { marks.start[i] = Mark() }
        for _ in 0..<times {
            assay_pool_run(
                pool.pointer,
                { context, worker, workers in
                    guard let marks = context?.assumingMemoryBound(to: Mark.self) else { return }
                    marks[Int(worker)].runs += 1
                    marks[Int(worker)].unit = pinnedUnit()
                    marks[Int(worker)].workers = workers
                }, marks.start)
        }
        return marks.elements.filter { $0.runs > 0 }
    }

    @Test(arguments: 1...5) func everyWorkerRunsEveryTaskOnce(_ threads: Int) throws {
        let marks = try run(WorkerPool(threads: threads, units: []), times: 200)
        #expect(marks.count == threads)
        #expect(marks.allSatisfy { $0.runs == 200 && $0.workers == threads })
    }

    /// Long enough without a task that the workers went to sleep.
    @Test func sleepingWorkersWake() throws {
        let pool = try WorkerPool(threads: 3, units: [])
        for _ in 0..<3 {
            usleep(50_000)
            #expect(try run(pool, times: 2).map(\.runs) == [2, 2, 2])
        }
    }

    @Test func workersRunWhereTheyArePinned() throws {
        let units = allowedUnits()
        try #require(!units.isEmpty)
        let wanted = (0..<3).map { units[$0 % units.count] }
        let marks = try run(WorkerPool(threads: 3, units: wanted), times: 20)
        #expect(marks.map { Int($0.unit) } == wanted)
        #expect(allowedUnits() == units, "the creator got its processing units back")
    }

    @Test func aUnitThatIsNotThereIsRefusedByNumber() {
        let before = allowedUnits()
        for units in [[before.first ?? 0, 100_000], [100_000]] {
            do throws(KernelError) {
                _ = try WorkerPool(threads: 2, units: units)
                Issue.record("bound to a unit that does not exist")
            } catch {
                guard case .unavailable(let reason) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(reason.contains("100000"))
            }
        }
        #expect(allowedUnits() == before)
    }

    @Test(arguments: [0, -1, Int.max]) func impossibleNumbersOfThreadsAreRefused(_ threads: Int) {
        #expect(throws: KernelError.self) { try WorkerPool(threads: threads, units: []) }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000], [1, 2, 3, 7])
    func partsCoverEverythingOnce(_ count: Int, _ workers: Int) {
        var expected = 0
        for worker in 0..<workers {
            var first = 0
            var last = 0
            assay_part(count, 8, Int32(worker), Int32(workers), &first, &last)
            #expect(first == expected || first == last)
            #expect(first % 8 == 0 || first == count)
            expected = max(expected, last)
        }
        #expect(expected == count)
    }
}
