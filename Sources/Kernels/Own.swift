import Model

/// What our own kernels compute: embedding lookup and the ceilings.
struct OwnFactory {
    let planned: Case
    let work: Work
    let seed: UInt64
    let options: KernelOptions

    func embedding(_ shape: EmbeddingShape) throws(KernelError) -> any Runnable {
        try require(.f32)
        let data: EmbeddingData
        let computation: any Computation
        switch planned.backend {
        case .simd:
            let pool = try pool()
            data = try EmbeddingData(shape, pool, seed: seed)
            computation = try SimdEmbedding(data, pool, instructionSet: options.instructionSet)
        case .reference:
            try requireOneThread(planned)
            data = try EmbeddingData(shape, WorkerPool(threads: 1, units: []), seed: seed)
            computation = ReferenceEmbedding(data)
        case .onednn, .cblas, .cuda: throw noSuchKernel(planned)
        }
        return ArrayWorkload(work: work, computation: computation) { result throws(KernelError) in
            try data.check(result)
        }
    }

    func triad(_ shape: BufferShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try require(.f64)
        return try Triad(
            shape, work: work, pool: pool(), seed: seed, instructionSet: options.instructionSet)
    }

    func chase(_ shape: BufferShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try requireOneThread(planned)
        // Pinned like every other thread of ours; there is only the one.
        return try Chase(shape, work: work, pool: pool(), seed: seed)
    }

    func peak() throws(KernelError) -> any Runnable {
        try requireOwn()
        try require(.f32)
        return try Peak(pool: pool(), instructionSet: options.instructionSet)
    }

    private func pool() throws(KernelError) -> WorkerPool {
        try WorkerPool(threads: planned.threads, units: planned.placement.processingUnits)
    }

    private func requireOwn() throws(KernelError) {
        guard planned.backend == .simd else { throw noSuchKernel(planned) }
    }

    private func require(_ type: DataType) throws(KernelError) {
        guard planned.dataType == type else {
            throw .unavailable(
                "\(planned.kernel.rawValue) is not there in \(planned.dataType.rawValue) yet, only in \(type.rawValue)")
        }
    }
}
