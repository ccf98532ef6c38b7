import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Two things at once, the one on a thread of its own: hwloc spends most of a probe waiting for PCI configuration space,
/// and the rest of the machine can be read meanwhile.
///
/// A bare thread rather than a Task: it starts in microseconds, and a probe stays a plain function.
enum Concurrently {
    /// - Returns: what `side` and `main` gave. Where no thread can be had, one after the other.
    static func both<Value: Sendable, Main, Failure: Error>(
        _ side: @escaping @Sendable () -> Value, _ main: () throws(Failure) -> Main
    ) throws(Failure) -> (Value, Main) {
        let work = Work(side)
        let thread = Thread { work.run() }
        let result: Main
        do throws(Failure) {
            result = try main()
        } catch {
            thread?.join()
            throw error
        }
        thread?.join()
        return (work.value.withLock { $0 } ?? side(), result)
    }

    private final class Work<Value: Sendable>: Sendable {
        let body: @Sendable () -> Value
        let value = Mutex<Value?>(nil)

        init(_ body: @escaping @Sendable () -> Value) { self.body = body }

        func run() {
            let result = body()
            value.withLock { $0 = result }
        }
    }

    /// A thread that must be joined; `nil` where none can be had.
    private struct Thread {
        private final class Body: Sendable {
            let body: @Sendable () -> Void
            init(_ body: @escaping @Sendable () -> Void) { self.body = body }
        }
        private var thread = pthread_t()

        init?(_ body: @escaping @Sendable () -> Void) {
            let box = Unmanaged.passRetained(Body(body))
            let failed = pthread_create(
                &thread, nil,
                { argument in
                    guard let argument else { return nil }
                    Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().body()
                    return nil
                }, box.toOpaque())
            guard failed == 0 else {
                box.release()
                return nil
            }
        }

        func join() { pthread_join(thread, nil) }
    }
}
