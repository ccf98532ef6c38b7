import Crypto
public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
#if canImport(Glibc)
    import Glibc
#endif

/// Files of Ed25519 keys: one line that says what it is, one line of base64.
///
/// A form of our own rather than PEM: two lines that cannot be mistaken for another kind of key and need no ASN.1.
public enum SigningKey {
    static let privateHead = "assay.private-key/1 Ed25519"
    static let publicHead = "assay.public-key/1 Ed25519"
    private static let bytes = 32

    /// Writes a new pair: `path`, readable by its owner alone, and `path`.pub.
    ///
    /// - Throws: `RecordError` where either is there already: a key that is gone cannot be made again.
    /// - Returns: the fingerprint of the public key.
    public static func generate(_ path: String) throws(RecordError) -> String {
        let key = Curve25519.Signing.PrivateKey()
        let publicPath = path + ".pub"
        for file in [path, publicPath] where Files.exists(file) {
            throw RecordError(.cannotCreate, path: file, problem: "is there already; a key is never overwritten")
        }
        try Files.create(path, with: text(privateHead, key.rawRepresentation), mode: 0o600)
        do throws(RecordError) {
            try Files.create(publicPath, with: text(publicHead, key.publicKey.rawRepresentation), mode: 0o644)
        } catch {
            Files.remove(path)
            throw error
        }
        return fingerprint(key.publicKey.rawRepresentation)
    }

    private static func text(_ head: String, _ key: Data) -> Data {
        Data(text: "\(head)\n\(key.base64EncodedString())\n")
    }

    static func readPrivate(_ path: String) throws(RecordError) -> Curve25519.Signing.PrivateKey {
        let raw = try read(
            path, head: privateHead, other: publicHead, mistake: "is a public key; the private one signs")
        do {
            return try Curve25519.Signing.PrivateKey(rawRepresentation: raw)
        } catch {
            throw RecordError(.badInput, path: path, problem: "holds no Ed25519 private key")
        }
    }

    static func readPublic(_ path: String) throws(RecordError) -> Curve25519.Signing.PublicKey {
        let raw = try read(
            path, head: publicHead, other: privateHead,
            mistake: "is a private key, to be shown to nobody; give \(path).pub")
        do {
            return try Curve25519.Signing.PublicKey(rawRepresentation: raw)
        } catch {
            throw RecordError(.badInput, path: path, problem: "holds no Ed25519 public key")
        }
    }

    private static func read(_ path: String, head: String, other: String, mistake: String) throws(RecordError) -> Data {
        let text = String(decoding: try Files.read(path, atMost: 64 << 10), as: UTF8.self)
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.first == Substring(other) { throw RecordError(.badInput, path: path, problem: mistake) }
        guard lines.first == Substring(head) else {
            throw RecordError(
                .badInput, path: path,
                problem: "is no key of Assay: its first line is not “\(head)” (assay sign --generate-key makes one)")
        }
        guard lines.count >= 2, let raw = Data(base64Encoded: String(lines[1])), raw.count == bytes else {
            throw RecordError(
                .badInput, path: path,
                problem: "line 2: is not \(bytes) bytes in base64; the file is cut off or changed")
        }
        guard lines.dropFirst(2).allSatisfy(\.isEmpty) else {
            throw RecordError(.badInput, path: path, problem: "line 3: something follows the key")
        }
        return raw
    }

    /// SHA-256 of the raw public key, hexadecimal: short enough to compare by eye, long enough not to be met twice.
    static func fingerprint(_ raw: Data) -> String { String(Digest.sha256(raw).prefix(32)) }
}
