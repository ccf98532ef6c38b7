import MetadataService
import Model
import SystemFiles

/// Whether the machine is rented and where: what its firmware names, and what that cloud's metadata service adds.
enum CloudProbe {
    static func answer(
        _ firmware: Firmware, _ hypervisor: Reported<String>, _ options: ProbeOptions
    ) -> Cloud.Answer {
        var answer = answer(firmware, isReal: isReal(firmware, hypervisor), options)
        if case .known(var cloud) = answer {
            // Firmware first: it is there before anything is asked.
            cloud.evidence = [firmware.cloud?.evidence].compactMap { $0 } + cloud.evidence
            if let name = hypervisor.value, name != "none" { cloud.evidence.append("hypervisor: \(name)") }
            answer = .known(cloud)
        }
        return answer
    }

    /// Machines that clouds rent out whole have a firmware that names the cloud; so one whose firmware names somebody
    /// else, and on which no hypervisor runs, is none.
    private static func isReal(_ firmware: Firmware, _ hypervisor: Reported<String>) -> Bool {
        hypervisor.value == "none" && firmware.vendor.value != nil
    }

    private static func answer(_ firmware: Firmware, isReal: Bool, _ options: ProbeOptions) -> Cloud.Answer {
        let sign = firmware.cloud
        switch providers(firmware, options) {
        case .failure(let reason):
            if let sign { return .known(Cloud(sign, else: reason.text)) }
            return isReal ? .noCloud : .unknown(reason.text)
        case .success(let providers):
            do throws(Unasked) {
                let finding = MetadataService.ask(
                    providers, at: try endpoint(options), milliseconds: try milliseconds(options),
                    includesIdentifiers: options.includesIdentifiers)
                return answer(sign, finding)
            } catch {
                return sign.map { .known(Cloud($0, else: error.text)) } ?? .unknown(error.text)
            }
        }
    }

    private static func endpoint(_ options: ProbeOptions) throws(Unasked) -> Endpoint {
        guard let text = options.metadataEndpoint else { return .linkLocal }
        do throws(EndpointProblem) {
            return try Endpoint(text)
        } catch {
            throw Unasked(text: "not asked: the endpoint that was set (ASSAY_METADATA_ENDPOINT) \(error)")
        }
    }

    private static func milliseconds(_ options: ProbeOptions) throws(Unasked) -> Int {
        guard let text = options.metadataTimeout else { return MetadataService.milliseconds }
        guard let number = Int(text), (1...60_000).contains(number) else {
            throw Unasked(
                text:
                    "not asked: the time limit that was set (ASSAY_METADATA_TIMEOUT) is no number of milliseconds from 1 to 60000"
            )
        }
        return number
    }

    private static func answer(_ sign: CloudSign?, _ finding: MetadataService.Finding) -> Cloud.Answer {
        switch (finding, sign) {
        case (.cloud(let provider, var cloud), _):
            if sign?.service == provider, cloud.instanceType.value == nil, let type = sign?.instanceType {
                cloud.instanceType = .known(type)
            }
            return .known(cloud)
        case (.silence(let reason), let sign?), (.nonsense(let reason), let sign?):
            return .known(Cloud(sign, else: "metadata service: \(reason)" + hint(sign, finding)))
        case (.silence, nil): return .noCloud
        case (.nonsense(let reason), nil): return .unknown("no known metadata service answers: \(reason)")
        }
    }

    /// The one reason for silence that is common, and that nothing else would tell.
    private static func hint(_ sign: CloudSign, _ finding: MetadataService.Finding) -> String {
        guard sign.service == .amazonWebServices, case .silence = finding else { return "" }
        return "; for containers the instance must allow 2 hops (HttpPutResponseHopLimit)"
    }

    private struct Unasked: Error { var text: String }

    /// Which services to ask, or why none.
    private static func providers(_ firmware: Firmware, _ options: ProbeOptions) -> Result<[Provider], Unasked> {
        guard let sign = firmware.cloud else {
            let unnamed =
                firmware.vendor.reason.map { "no firmware names a cloud (\($0))" } ?? "the firmware names no cloud"
            if options.sysroot != nil { return .failure(Unasked(text: unnamed)) }
            switch options.cloudMetadata {
            case .always: return .success(Provider.allCases)
            case .never: return .failure(Unasked(text: unnamed + ", and no metadata service may be asked"))
            case .whenFirmwareNamesOne:
                return .failure(
                    Unasked(text: unnamed + ", so no metadata service was asked; --cloud-metadata asks them"))
            }
        }
        if options.sysroot != nil { return .failure(Unasked(text: "not known from captured files")) }
        switch options.cloudMetadata {
        case .always: return .success(Provider.allCases)
        case .never: return .failure(Unasked(text: "no metadata service may be asked (--no-cloud-metadata)"))
        case .whenFirmwareNamesOne:
            let unknown = Unasked(text: "its metadata service is not among those that Assay knows")
            return sign.service.map { .success([$0]) } ?? .failure(unknown)
        }
    }
}

extension Cloud {
    /// What the firmware alone tells.
    fileprivate init(_ sign: CloudSign, else reason: String) {
        self.init(provider: sign.provider, else: reason)
        if let type = sign.instanceType {
            instanceType = .known(type)
            if type.holds(".metal") { tenancy = .known("bare metal") }
        }
    }
}
