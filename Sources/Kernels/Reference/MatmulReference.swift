import Model

/// C = A · B in the plainest way, summed in double precision.
struct MatmulReference {
    let shape: MatmulShape
    /// m × k, row-major.
    let a: UnsafePointer<Float>
    /// k × n, row-major.
    let b: UnsafePointer<Float>

    func element(_ row: Int, _ column: Int) -> Exact {
        var sum = Exact()
        for p in 0..<shape.k {
            sum.add(Double(a[row * shape.k + p]) * Double(b[p * shape.n + column]))
        }
        return sum
    }

    /// All of C.
    func compute(into c: UnsafeMutablePointer<Float>) {
        for row in 0..<shape.m {
            for column in 0..<shape.n {
                var sum = 0.0
                for p in 0..<shape.k {
                    sum += Double(a[row * shape.k + p]) * Double(b[p * shape.n + column])
                }
                c[row * shape.n + column] = Float(sum)
            }
        }
    }
}
