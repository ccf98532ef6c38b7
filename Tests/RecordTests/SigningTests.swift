import Foundation
import Model
import Record
import TestSupport
import Testing

/// Keys, signatures, and everything that may be wrong with them.
struct SigningTests {
    private let directory: TemporaryDirectory
    private var mine: String { directory.path + "/mine" }
    private var key: String { directory.path + "/key" }

    init() throws {
        directory = try TemporaryDirectory()
        try BundleFiles.write(
            Recording(bundle: SigningTests.bundle(), samples: [], environment: [], files: []),
            to: directory.path + "/mine")
        _ = try SigningKey.generate(directory.path + "/key")
    }

    private static func bundle() -> Model.Bundle {
        let header = SampleRun.header()
        return Model.Bundle(
            id: header.id, created: header.created, duration: 1, tool: header.tool, machine: header.machine,
            tunablesChanged: [], plan: header.plan, clock: header.clock, interrupted: nil, resumed: 0, measurements: [],
            processes: [])
    }

    @Test func aSignedBundleHolds() throws {
        #expect(try Signing.state(mine) == .unsigned)
        let fingerprint = try Signing.sign(mine, key: key)
        #expect(fingerprint.count == 32)
        #expect(try Signing.state(mine) == .signed(fingerprint: fingerprint))
        #expect(try Signing.state(mine, publicKey: key + ".pub") == .trusted(fingerprint: fingerprint))
        let data = try Data(contentsOf: URL(fileURLWithPath: mine + "/SHA256SUMS.sig"))
        #expect(try SchemaValidator.named("signature").findings(data) == [])
        // Nothing of the bundle changed.
        #expect(try Integrity.findings(mine) == [])
    }

    @Test func thePrivateKeyIsItsOwnersAlone() throws {
        let mode = try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func aKeyIsNeverOverwritten() throws {
        let before = try String(contentsOfFile: key, encoding: .utf8)
        #expect(throws: RecordError.self) { try SigningKey.generate(key) }
        #expect(try String(contentsOfFile: key, encoding: .utf8) == before)
        // The public half alone is in the way too, and then no private one is left behind.
        try "x".write(toFile: directory.path + "/other.pub", atomically: true, encoding: .utf8)
        #expect(throws: RecordError.self) { try SigningKey.generate(directory.path + "/other") }
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/other"))
    }

    @Test func anotherKeyIsNamed() throws {
        _ = try Signing.sign(mine, key: key)
        _ = try SigningKey.generate(directory.path + "/other")
        let state = try Signing.state(mine, publicKey: directory.path + "/other.pub")
        #expect(state.finding?.contains("not with the given one") == true)
    }

    @Test func unsignedIsAFindingWhereAKeyIsDemanded() throws {
        #expect(try Signing.state(mine, publicKey: key + ".pub").finding?.contains("unsigned") == true)
    }

    @Test func aChangedByteBreaksIt() throws {
        _ = try Signing.sign(mine, key: key)
        let sums = mine + "/SHA256SUMS"
        let text = try String(contentsOfFile: sums, encoding: .utf8)
        let last = text.first == "0" ? "1" : "0"
        try (last + text.dropFirst()).write(toFile: sums, atomically: true, encoding: .utf8)
        #expect(try Signing.state(mine).finding?.contains("changed after it was signed") == true)
    }

    @Test(arguments: ["", "{", #"{"schema": "assay.signature/1"}"#, "\u{0}", "[]"])
    func aDamagedSignatureIsBroken(_ text: String) throws {
        try text.write(toFile: mine + "/SHA256SUMS.sig", atomically: true, encoding: .utf8)
        #expect(try Signing.state(mine).finding != nil)
    }

    /// A signature by a key of the attacker's, with the fingerprint of another: the fingerprint is computed, not believed.
    @Test func aFingerprintIsNotBelieved() throws {
        _ = try Signing.sign(mine, key: key)
        let path = mine + "/SHA256SUMS.sig"
        var signature = try JSON.decode(Signature.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        signature.fingerprint = String(repeating: "0", count: 32)
        try JSON.document(signature).write(to: URL(fileURLWithPath: path))
        #expect(try Signing.state(mine).finding?.contains("fingerprint") == true)
    }

    @Test func keysThatAreNone() throws {
        func kind(_ path: String, publicKey: Bool) -> RecordError.Kind? {
            do throws(RecordError) {
                if publicKey {
                    _ = try Signing.state(mine, publicKey: path)
                } else {
                    _ = try Signing.sign(mine, key: path)
                }
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(kind(directory.path + "/none", publicKey: true) == .noSuchInput)
        #expect(kind(directory.path + "/none", publicKey: false) == .noSuchInput)
        // Each half where the other belongs.
        #expect(kind(key, publicKey: true) == .badInput)
        #expect(kind(key + ".pub", publicKey: false) == .badInput)
        let whole = try String(contentsOfFile: key, encoding: .utf8)
        let foreign = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"
        for text in ["", String(whole.dropLast(9)), whole + "more\n", foreign, "\u{0}\u{1}\u{2}"] {
            try text.write(toFile: directory.path + "/bad", atomically: true, encoding: .utf8)
            #expect(kind(directory.path + "/bad", publicKey: false) == .badInput, "\(text)")
        }
    }
}
