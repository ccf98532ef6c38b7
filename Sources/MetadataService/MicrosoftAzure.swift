import Model

/// The Azure Instance Metadata Service.
enum MicrosoftAzure: MetadataProvider {
    static let first = Request(.get, "/metadata/instance?api-version=2021-02-01", ("Metadata", "true"))

    private struct Instance: Decodable {
        var compute: Compute?
    }

    private struct Compute: Decodable {
        var vmSize: String?
        var location: String?
        var zone: String?
        /// `Spot`, `Low`, `Regular`; empty where none was chosen, which makes it `Regular`.
        var priority: String?
        var storageProfile: Storage?
        var vmId: String?
        var subscriptionId: String?
    }

    private struct Storage: Decodable {
        var imageReference: Image?
    }

    private struct Image: Decodable {
        var publisher: String?
        var offer: String?
        var sku: String?
        var version: String?
        var id: String?
    }

    static func doubt(_ answer: Response) -> String? {
        if let problem = answer.problem { return problem }
        return (try? compute(answer))?.vmSize == nil ? "no compute.vmSize in it" : nil
    }

    static func cloud(_ answer: Response, _ ask: Asking) throws(RequestProblem) -> Cloud {
        let compute = try compute(answer)
        var cloud = Cloud(provider: Provider.microsoftAzure.name, else: Values.untold)
        cloud.instanceType = Values.text(compute.vmSize, "compute.vmSize")
        cloud.region = Values.text(compute.location, "compute.location")
        cloud.zone =
            compute.zone == ""
            ? .unknown("in no zone: the machine was made without one") : Values.text(compute.zone, "compute.zone")
        cloud.lifecycle = lifecycle(compute.priority)
        cloud.image = image(compute.storageProfile?.imageReference)
        cloud.evidence = ["metadata service: Azure instance metadata"]
        if ask.includesIdentifiers {
            cloud.identifiers = Values.identifiers(compute.vmId, compute.subscriptionId)
        }
        return cloud
    }

    private static func compute(_ answer: Response) throws(RequestProblem) -> Compute {
        guard let compute = try Values.decoded(Instance.self, .success(answer), first).compute else {
            throw RequestProblem("\(first.name): no compute in it")
        }
        return compute
    }

    private static func lifecycle(_ priority: String?) -> Reported<String> {
        switch priority {
        case "Spot", "Low": .known("spot")
        case "Regular", "": .known("on-demand")
        default: .unknown("\(Values.untold) (compute.priority)")
        }
    }

    /// A custom image is known by a path that holds the subscription.
    private static func image(_ image: Image?) -> Reported<String> {
        let parts = [image?.publisher, image?.offer, image?.sku, image?.version].compactMap { $0 }.filter {
            !$0.isEmpty
        }
        if parts.isEmpty, image?.id?.isEmpty == false { return .known("custom image") }
        return Values.text(parts.joined(separator: ":"), "compute.storageProfile.imageReference")
    }
}
