import ArgumentParser
import Model
import Record

/// A signature over a bundle's hashes.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a bundle, or make a key to sign with.",
        discussion: """
            The signature (Ed25519) is over SHA256SUMS, which names every file of the bundle with its hash. It is written \
            beside it as SHA256SUMS.sig and changes nothing else. A bundle whose files do not match its hashes is not signed.

            Examples:
              assay sign --generate-key ~/.assay-key     writes ~/.assay-key (0600) and ~/.assay-key.pub
              assay sign mine --key ~/.assay-key
              assay verify mine --key ~/.assay-key.pub   what a reader does with the public half
            """)

    @Argument(help: "A bundle: its directory, or its bundle.json.")
    var bundle: String?

    @Option(help: "File of the private key.")
    var key: String?

    @Option(help: "Make a new pair of keys in FILE and FILE.pub; an existing file is never overwritten.")
    var generateKey: String?

    func validate() throws {
        if generateKey != nil {
            guard bundle == nil, key == nil else { throw ValidationError("--generate-key stands alone.") }
        } else if bundle == nil || key == nil {
            throw ValidationError("Name a bundle and --key FILE, or --generate-key FILE.")
        }
    }

    func run() throws {
        if let generateKey {
            let fingerprint = try SigningKey.generate(generateKey)
            Console.out("private    \(generateKey), readable by you alone; whoever has it signs as you")
            Console.out("public     \(generateKey).pub, to be given away")
            return Console.out("key        \(fingerprint)")
        }
        guard let bundle, let key else { return }
        let findings = try Integrity.findings(bundle)
        guard findings.isEmpty else {
            for finding in findings { Console.out("finding    \(finding)") }
            Console.note("not signed: what does not match its hashes is not what was measured")
            throw ExitCode(1)
        }
        let fingerprint = try Signing.sign(bundle, key: key)
        Console.out("signed     \(BundleFiles.directory(of: bundle))/\(Signature.fileName)")
        Console.out("key        \(fingerprint)")
    }
}
