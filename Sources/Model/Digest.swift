import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// SHA-256 in the one place that needs a library for it.
public enum Digest {
    /// Sixty-four lower-case hexadecimal digits.
    public static func sha256(_ data: Data) -> String { hexadecimal(SHA256.hash(data: data)) }

    /// The first `digits` hexadecimal digits of the hash of `text`: an identity short enough to read aloud.
    public static func identity(of text: String, digits: Int = 12) -> String {
        String(hexadecimal(SHA256.hash(data: Data(text.utf8))).prefix(digits))
    }

    private static func hexadecimal(_ bytes: some Swift.Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef")
        return bytes.reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}
