import Synchronization
import Testing

@testable import Probe

/// Work on a thread of its own.
@Suite struct BesideTests {
    /// On a class, because the thread's work must be able to hold it.
    private final class Seen: Sendable { let units = Mutex<[Int]>([]) }

    /// It begins on another processing unit, and keeps the right to run on all of them.
    @Test func theThreadMayRunWhereItsProcessMay() {
        let here = Binding.allowedProcessingUnits()
        #expect(!here.isEmpty)
        for _ in 0..<20 {
            let seen = Seen()
            Beside { seen.units.withLock { $0 = Binding.allowedProcessingUnits() } }.wait()
            #expect(seen.units.withLock { $0 } == here)
        }
        // The caller's own is as it was.
        #expect(Binding.allowedProcessingUnits() == here)
    }

    /// Bound to one processing unit there is no other to begin on; the work is done all the same.
    @Test func whoHasOneUnitStillGetsTheWorkDone() throws {
        let unit = try #require(Binding.allowedProcessingUnits().last)
        let seen = Seen()
        Binding.pinned(to: unit) { bound in
            Beside { seen.units.withLock { $0 = Binding.allowedProcessingUnits() } }.wait()
            #expect(bound == nil || seen.units.withLock { $0 } == [unit])
        }
        #expect(!seen.units.withLock { $0 }.isEmpty)
    }
}
