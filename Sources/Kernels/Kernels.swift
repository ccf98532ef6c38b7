public import Model

/// Cases made ready to run.
public enum Kernels {
    /// Checks the sizes, loads what is needed, allocates and fills the inputs. Everything after this is timed or checked.
    ///
    /// To be called, like everything on what it returns, from one thread. `seed` decides the inputs.
    public static func make(
        _ planned: Case, seed: UInt64, options: KernelOptions = KernelOptions()
    ) throws(KernelError) -> any Runnable {
        let work: Work
        do throws(ShapeError) {
            work = try planned.shape.work(planned.dataType)
        } catch {
            throw .failed("\(planned.workload): \(error)")
        }
        guard planned.kernel == planned.shape.kernel else {
            throw .failed(
                "\(planned.workload): sizes of \(planned.shape.kernel.rawValue) for \(planned.kernel.rawValue)")
        }
        try Variant.require(options.instructionSet)
        let dense = DenseFactory(planned: planned, work: work, seed: seed, options: options)
        let own = OwnFactory(planned: planned, work: work, seed: seed, options: options)
        return switch planned.shape {
        case .matmul(let shape): try dense.matmul(shape)
        case .convolution(let shape): try dense.convolution(shape)
        case .embedding(let shape): try own.embedding(shape)
        case .rowGather(let shape): try own.gather(shape)
        case .streamCopy(let shape): try own.stream(.copy, shape)
        case .streamScale(let shape): try own.stream(.scale, shape)
        case .streamAdd(let shape): try own.stream(.add, shape)
        case .streamTriad(let shape): try own.stream(.triad, shape)
        case .cacheRead(let shape): try own.cacheRead(shape)
        case .pointerChase(let shape): try own.chase(shape)
        case .peak(let shape): try own.peak(shape)
        case .null(let shape): try Null(shape)
        }
    }
}
