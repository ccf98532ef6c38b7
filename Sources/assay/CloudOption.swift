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
                a link-local address, within 250 ms or not at all. ASSAY_METADATA_ENDPOINT=http://ADDRESS:PORT names another \
                address, ASSAY_METADATA_TIMEOUT another number of milliseconds.
                """))
    var cloudMetadata: Bool?

    var whether: ProbeOptions.CloudMetadata {
        switch cloudMetadata {
        case nil: .whenFirmwareNamesOne
        case true?: .always
        case false?: .never
        }
    }

    /// The same for another command.
    var arguments: [String] {
        cloudMetadata.map { [$0 ? "--cloud-metadata" : "--no-cloud-metadata"] } ?? []
    }

    func apply(to options: inout ProbeOptions) {
        options.cloudMetadata = whether
        Self.environment(into: &options)
    }

    /// An empty variable is none.
    static func environment(into options: inout ProbeOptions) {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        options.metadataEndpoint = variable("ASSAY_METADATA_ENDPOINT")
        options.metadataTimeout = variable("ASSAY_METADATA_TIMEOUT")
    }
}
