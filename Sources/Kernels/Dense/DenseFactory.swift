import Model

/// Matrix products and convolutions: which backend computes them.
struct DenseFactory {
    let planned: Case
    let work: Work
    let seed: UInt64
    let options: KernelOptions
    var change: InputChange?

    func matmul(_ shape: MatmulShape) throws(KernelError) -> any Runnable {
        try make(MatmulProblem(shape, planned.dataType, types()))
    }

    func convolution(_ shape: ConvolutionShape) throws(KernelError) -> any Runnable {
        guard shape.direction == .forward || planned.dataType != .int8 else {
            throw .unavailable("gradients are not computed in int8: they need a floating-point type")
        }
        return try make(ConvolutionProblem(shape, planned.dataType, types()))
    }

    private func types() throws(KernelError) -> OperandTypes {
        do throws(ShapeError) {
            if let types = try planned.shape.operandTypes(planned.dataType) { return types }
        } catch {
            throw .unavailable("\(error)")
        }
        throw .failed("\(planned.kernel.rawValue) has no operands")
    }

    /// The backend is looked at first, so that what cannot run is known before inputs are made.
    private func make<Problem: DenseProblem & OneDNNProblem>(_ problem: Problem) throws(KernelError) -> any Runnable {
        let sets = try OperandSets(planned, bytes: Int(work.bytes))
        let inputs: DenseInputs
        let computation: any DenseComputation
        switch planned.backend {
        case .onednn:
            let context = try OneDNNContext(options: options, threads: planned.threads)
            let description = try problem.describe(context)
            inputs = try DenseInputs(problem, seed: seed, change: change)
            computation = try OneDNNComputation(problem, inputs, sets, context, description)
        case .cblas:
            guard let product = problem as? MatmulProblem else { throw noSuchKernel(planned) }
            let library = try BLASLibrary(options: options, threads: planned.threads)
            let call = try BLASCall(product, library)
            inputs = try DenseInputs(problem, seed: seed, change: change)
            computation = try BLASMatmul(product, inputs, sets, call, library)
        case .reference:
            try requireOneThread(planned)
            inputs = try DenseInputs(problem, seed: seed, change: change)
            computation = try ReferenceComputation(problem, inputs, sets)
        case .simd, .cuda: throw noSuchKernel(planned)
        }
        return DenseWorkload(problem, inputs, work: work, seed: seed, computation: computation)
    }
}

func noSuchKernel(_ planned: Case) -> KernelError {
    .unavailable("backend \(planned.backend.rawValue) has no \(planned.kernel.rawValue)")
}

func requireOneThread(_ planned: Case) throws(KernelError) {
    guard planned.threads == 1 else {
        throw .unavailable(
            "\(planned.kernel.rawValue) by \(planned.backend.rawValue) runs on one thread, not \(planned.threads)")
    }
}
