import COneDNN
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One operand where the library wants it: the plain tensor itself where its layout will do, copies in the chosen layout
/// where not, or where there must be several sets.
final class OneDNNOperand {
    let plain: Tensor
    let sets: [OneDNNMemory]
    /// Seconds of a reorder between the plain layout and the chosen one; `nil` where they are the same.
    private(set) var reorderSeconds: Double?
    private let replicas: Replicas
    /// From the chosen layout to the plain one, for a result.
    private var back: OneDNNExecution?

    /// - Parameters:
    ///   - chosen: the layout that the primitive wants.
    ///   - isResult: whether the primitive writes it; else it reads what `plain` holds now.
    init(
        _ context: OneDNNContext, _ form: OneDNNForm, _ chosen: UnsafeRawPointer, _ plain: Tensor, count: Int,
        isResult: Bool
    ) throws(KernelError) {
        self.plain = plain
        let layout = try context.layout(form, .plain)
        let isPlain = context.functions.layoutsEqual(layout.pointer, chosen) != 0
        replicas =
            isPlain && count == 1
            ? Replicas(view: plain)
            : try Replicas(bytes: context.functions.layoutSize(chosen), count: count)
        var sets: [OneDNNMemory] = []
        for index in 0..<count { sets.append(OneDNNMemory(try context.memory(chosen, replicas[index]))) }
        self.sets = sets
        if !isPlain {
            let ordinary = OneDNNMemory(try context.memory(layout.pointer, plain.start))
            let pairs = isResult ? sets.map { [$0, ordinary] } : [[ordinary, sets[0]]]
            let description =
                isResult ? try context.reorder(chosen, layout.pointer) : try context.reorder(layout.pointer, chosen)
            let reorder = try OneDNNExecution(
                context, context.primitive(description),
                [OneDNNRole.source.argument, OneDNNRole.destination.argument], pairs)
            reorderSeconds = try Self.time(reorder)
            if isResult { back = reorder }
        } else if !isResult, !replicas.isView {
            memcpy(replicas[0], plain.start, plain.bytes)
        }
        if !isResult { replicas.spread() }
    }

    /// The median of three after a first one, which meets memory that nobody touched before.
    private static func time(_ reorder: OneDNNExecution) throws(KernelError) -> Double {
        reorder.run(iterations: 1)
        var seconds: [Double] = []
        for _ in 0..<3 {
            reorder.rewind()
            let start = now()
            reorder.run(iterations: 1)
            seconds.append(now() - start)
        }
        if let failure = reorder.failure { throw .failed(failure) }
        return seconds.sorted()[1]
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC_RAW, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Where one of the sets lies; `nil` where the library keeps it in another order than the plain one.
    func place(_ set: Int) -> UnsafeMutableRawPointer? { reorderSeconds == nil ? replicas[set] : nil }

    var bytes: Int { replicas.isView ? 0 : replicas.total }

    func poison() {
        replicas.fill(plain.type.poison)
        plain.poison()
    }

    /// One of the sets in plain order.
    func fetch(_ set: Int) throws(KernelError) -> Tensor {
        if let back {
            back.rewind(to: set)
            back.run(iterations: 1)
            if let failure = back.failure { throw .failed(failure) }
        } else if !replicas.isView {
            memcpy(plain.start, replicas[set], plain.bytes)
        }
        return plain
    }
}
