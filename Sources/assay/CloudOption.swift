import ArgumentParser
import Probe

#if canImport(Glibc)
    import Glibc
#endif

/// `--cloud-metadata` and `--no-cloud-metadata`, the same for every command that probes.
struct CloudOption: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Ask the metadata services of AWS, Google Cloud, Azure and Oracle, or none.",
            discussion: """
                Left out, only the service of a cloud that the firmware names is asked. Each answers on this machine alone, at \
                a link-local address; ASSAY_METADATA_ENDPOINT=http://ADDRESS:PORT names another.
                """))
    var cloudMetadata: Bool?

    var whether: ProbeOptions.CloudMetadata {
        switch cloudMetadata {
        case nil: .whenFirmwareNamesOne
        case true?: .always
        case false?: .never
        }
    }

    /// The environment's; an empty one is none.
    static var endpoint: String? {
        getenv("ASSAY_METADATA_ENDPOINT").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    func apply(to options: inout ProbeOptions) {
        options.cloudMetadata = whether
        options.metadataEndpoint = Self.endpoint
    }
}
