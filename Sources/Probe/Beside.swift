import CProbe

#if canImport(Glibc)
    import Glibc
#endif

/// Work that a thread of its own does while this one waits for something else.
///
/// Half of the time of a probe is spent inside hwloc, most of it waiting for reads of PCI configuration space. Small files
/// can be read meanwhile. What runs there must not look at the environment: hwloc's plug-ins may change it.
final class Beside: Sendable {
    private final class Context: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let thread: pthread_t?

    /// - Parameter body: is called once, also where no thread could be started: then before this returns.
    init(_ body: @escaping @Sendable () -> Void) {
        let context = Unmanaged.passRetained(Context(body))
        var thread = pthread_t()
        let started = assay_thread_start_apart(
            &thread,
            { argument in
                guard let argument else { return nil }
                Unmanaged<Context>.fromOpaque(argument).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        if started == 0 {
            self.thread = thread
        } else {
            self.thread = nil
            context.takeRetainedValue().body()
        }
    }

    /// To be called once, before what the body made is used.
    func wait() {
        if let thread { pthread_join(thread, nil) }
    }
}
