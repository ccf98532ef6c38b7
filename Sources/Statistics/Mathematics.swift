#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The C library's functions under names that read; the only place where this target touches the platform.
///
/// Source: ISO/IEC 9899, §7.12; `lgamma_r` is an extension that both platforms' libraries have.
extension Double {
    static let ln2 = 0.693147180559945309417232121458
    static func exponential(_ x: Double) -> Double { exp(x) }
    static func logarithm(_ x: Double) -> Double { log(x) }
    static func logarithm1p(_ x: Double) -> Double { log1p(x) }
    static func sine(_ x: Double) -> Double { sin(x) }
    static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
    static func complementaryError(_ x: Double) -> Double { erfc(x) }
    /// ln Γ(x) for x > 0; the variant that keeps no state between threads.
    static func logGamma(_ x: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(x, &sign)
    }
}
