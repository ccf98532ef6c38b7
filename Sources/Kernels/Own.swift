import Model

/// What our own kernels compute: embedding lookup and the ceilings.
struct OwnFactory {
    let planned: Case
    let work: Work
    let seed: UInt64
    let options: KernelOptions

    func embedding(_ shape: EmbeddingShape) throws(KernelError) -> any Runnable {
        try requireRows()
        if shape.direction == .backward { return try scatter(shape) }
        let data: EmbeddingData
        let computation: any Computation
        switch planned.backend {
        case .simd:
            let pool = try pool()
            data = try EmbeddingData(shape, planned.dataType, pool, seed: seed)
            computation = try SimdEmbedding(data, pool, instructionSet: options.instructionSet)
        case .reference:
            try requireOneThread(planned)
            data = try EmbeddingData(shape, planned.dataType, WorkerPool(threads: 1, units: []), seed: seed)
            computation = ReferenceEmbedding(data)
        case .onednn, .cblas, .cuda: throw noSuchKernel(planned)
        }
        return ArrayWorkload(work: work, computation: computation) { result throws(KernelError) in
            try data.check(result)
        }
    }

    private func scatter(_ shape: EmbeddingShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try require(.f32)
        let pool = try pool()
        let data = try EmbeddingData(shape, .f32, pool, seed: seed)
        return try Scatter(data, work: work, pool, seed: seed, instructionSet: options.instructionSet)
    }

    func gather(_ shape: EmbeddingShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try requireRows()
        let pool = try pool()
        let data = try EmbeddingData(shape, planned.dataType, pool, seed: seed)
        return try RowGather(data, work: work, pool, instructionSet: options.instructionSet)
    }

    func stream(_ kernel: StreamKernel, _ shape: BufferShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try require(.f64)
        return try StreamArrays(
            kernel, shape, work: work, pool: pool(), seed: seed, instructionSet: options.instructionSet)
    }

    func cacheRead(_ shape: CacheShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        return try CacheRead(shape, pool: pool(), seed: seed, instructionSet: options.instructionSet)
    }

    func chase(_ shape: BufferShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        try requireOneThread(planned)
        // Pinned like every other thread of ours; there is only the one.
        return try Chase(shape, work: work, pool: pool(), seed: seed)
    }

    func peak(_ shape: PeakShape) throws(KernelError) -> any Runnable {
        try requireOwn()
        return try Peak(shape, planned.dataType, pool: pool(), most: options.instructionSet)
    }

    private func pool() throws(KernelError) -> WorkerPool {
        try WorkerPool(threads: planned.threads, units: planned.placement.processingUnits)
    }

    private func requireOwn() throws(KernelError) {
        guard planned.backend == .simd else { throw noSuchKernel(planned) }
    }

    /// What tables are made of.
    private func requireRows() throws(KernelError) {
        guard planned.dataType.rowType != nil else {
            throw .unavailable(
                "\(planned.kernel.rawValue) is not there in \(planned.dataType.rawValue), only in f32, bf16 and int8")
        }
    }

    private func require(_ type: DataType) throws(KernelError) {
        guard planned.dataType == type else {
            throw .unavailable(
                "\(planned.kernel.rawValue) is not there in \(planned.dataType.rawValue) yet, only in \(type.rawValue)")
        }
    }
}
