import Crypto
public import Model

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What stands in `SHA256SUMS.sig`: a signature over the bytes of `SHA256SUMS`, and by which key.
public struct Signature: Codable, Sendable, Equatable {
    public static let schema = "assay.signature/1"
    public static let fileName = BundleFiles.sums + ".sig"
    public var schema = Signature.schema
    public var algorithm = "Ed25519"
    /// The file whose bytes are signed.
    public var signed = BundleFiles.sums
    /// First half of the SHA-256 of the raw public key, hexadecimal.
    public var fingerprint: String
    /// 32 bytes in base64.
    public var publicKey: String
    /// 64 bytes in base64.
    public var signature: String
}

/// Signs a bundle, and tells whether a signature holds.
///
/// What is signed are the bytes of `SHA256SUMS`, which name every file with its hash: a changed byte anywhere breaks a hash
/// or the signature. The signature lies beside them and changes no file of the bundle.
public enum Signing {
    /// What is known of who made a bundle.
    public enum State: Sendable, Equatable {
        case unsigned
        /// Made with the key of this fingerprint, which the bundle itself brought: by whom, only `--key` can tell.
        case signed(fingerprint: String)
        /// Made with the key that was given.
        case trusted(fingerprint: String)
        case broken(String)

        /// What does not hold, as a finding.
        public var finding: String? {
            if case .broken(let problem) = self { "\(Signature.fileName): \(problem)" } else { nil }
        }
    }

    /// Signs the bundle's sums with the private key of a file.
    ///
    /// - Returns: the fingerprint.
    public static func sign(_ path: String, key: String) throws(RecordError) -> String {
        let directory = BundleFiles.directory(of: path)
        let sums = try Files.read(directory + "/" + BundleFiles.sums, atMost: 1 << 20)
        let key = try SigningKey.readPrivate(key)
        let raw = key.publicKey.rawRepresentation
        let file = directory + "/" + Signature.fileName
        do {
            let signature = Signature(
                fingerprint: SigningKey.fingerprint(raw), publicKey: raw.base64EncodedString(),
                signature: try key.signature(for: sums).base64EncodedString())
            try Files.replace(file, with: try JSON.document(signature))
            return signature.fingerprint
        } catch let error as RecordError {
            throw error
        } catch {
            throw RecordError(.inputOutput, path: file, problem: "cannot be signed: \(error)")
        }
    }

    /// Whether there is a signature, and whether it holds; against the public key of a file where one is given.
    public static func state(_ path: String, publicKey: String? = nil) throws(RecordError) -> State {
        let directory = BundleFiles.directory(of: path)
        let expected = try publicKey.map { path throws(RecordError) in try SigningKey.readPublic(path) }?
            .rawRepresentation
        guard Files.exists(directory + "/" + Signature.fileName) else {
            return expected == nil ? .unsigned : .broken("is not there: the bundle is unsigned")
        }
        let sums = try Files.read(directory + "/" + BundleFiles.sums, atMost: 1 << 20)
        let signature: Signature
        do {
            let data = try Files.read(directory + "/" + Signature.fileName, atMost: 64 << 10)
            signature = try JSON.decode(Signature.self, from: data)
        } catch {
            return .broken("cannot be read: \(error)")
        }
        return judge(signature, sums, expected)
    }

    private static func judge(_ signature: Signature, _ sums: Data, _ expected: Data?) -> State {
        guard signature.schema == Signature.schema, signature.algorithm == "Ed25519",
            signature.signed == BundleFiles.sums
        else { return .broken("is no \(Signature.schema) with Ed25519 over \(BundleFiles.sums)") }
        guard let raw = Data(base64Encoded: signature.publicKey), raw.count == 32,
            let bytes = Data(base64Encoded: signature.signature), bytes.count == 64,
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: raw)
        else { return .broken("its key or signature is cut off or changed") }
        let fingerprint = SigningKey.fingerprint(raw)
        guard fingerprint == signature.fingerprint else { return .broken("its fingerprint is not that of its key") }
        if let expected, expected != raw {
            return .broken(
                "made with the key \(fingerprint), not with the given one (\(SigningKey.fingerprint(expected)))")
        }
        guard key.isValidSignature(bytes, for: sums) else {
            return .broken("does not hold: \(BundleFiles.sums) changed after it was signed")
        }
        return expected == nil ? .signed(fingerprint: fingerprint) : .trusted(fingerprint: fingerprint)
    }
}
