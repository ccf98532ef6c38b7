import Model

/// How far a right result may lie from the exact one.
///
/// A sum of k products computed in any order, fused or not, is off by at most γ = k·u/(1 − k·u) times Σ|terms| (Higham,
/// "Accuracy and Stability of Numerical Algorithms", chapter 3), with u the unit roundoff. That bound never fails a right
/// kernel, but for large k it would also pass one that quietly rounds its operands to bf16. Roundings are as good as
/// independent and of mean zero for our inputs, and then λ·√k·u holds but for a chance of 2·exp(−λ²/2) (Higham & Mary
/// 2019, SIAM J. Sci. Comput. 41). With λ = 8 that chance is 3·10⁻¹⁴. And our inputs have mean zero, so that partial sums
/// grow like √k only and the error relative to Σ|terms| hardly grows with k at all: 1 to 4 u were seen from k = 64 to
/// 16384. The smallest of the three bounds is used; 32 u passes every honest kernel, and from k = 64 on fails one that
/// rounds its operands to TF32 or f16 (some 300 u at k = 2560).
enum ErrorBound {
    private static let lambda = 8.0

    /// Half the distance between 1 and the next larger number.
    static func roundoff(_ type: DataType) -> Double {
        switch type {
        case .f64: 0x1p-53
        case .f32: 0x1p-24
        case .f16: 0x1p-11
        case .bf16: 0x1p-8
        case .int8: 0
        }
    }

    /// For one output: |computed − exact| ÷ Σ|terms|. The one more term pays for the denominator of γ.
    static func element(terms: Int, _ type: DataType) -> Double {
        roundoff(type) * min(Double(terms + 1), lambda * Double(terms).squareRoot(), 32)
    }

    /// For a sum of outputs with random signs: |Σ±(computed − exact)| ÷ √Σ(Σ|terms|)². The signs make the errors of the
    /// outputs one more sum of independent numbers, so the same argument holds with the Euclidean norm.
    static func projection(terms: Int, _ type: DataType) -> Double {
        roundoff(type) * lambda * Double(terms).squareRoot()
    }
}
