import Model

/// The metadata server of Compute Engine. Asked for single values: the recursive answer would bring keys, scripts and
/// addresses along.
enum GoogleCloud: MetadataProvider {
    private static let flavor = (name: "Metadata-Flavor", value: "Google")

    static let first = request("instance/zone")

    private static func request(_ path: String) -> Request { Request(.get, "/computeMetadata/v1/\(path)", flavor) }

    static func doubt(_ answer: Response) -> String? {
        if let problem = answer.problem { return problem }
        return answer.headers["metadata-flavor"] == flavor.value ? nil : "no header Metadata-Flavor: Google"
    }

    static func cloud(_ answer: Response, _ ask: Asking) throws(RequestProblem) -> Cloud {
        var paths = [
            "instance/machine-type", "instance/scheduling/preemptible", "instance/image", "instance/cpu-platform",
        ]
        if ask.includesIdentifiers { paths += ["instance/id", "project/project-id"] }
        let requests = paths.map(request)
        let values = zip(ask.all(requests), requests).map(Values.body)
        let zone = Values.last(Values.body(.success(answer), first))
        let type = Values.last(values[0])
        var cloud = Cloud(provider: Provider.googleCloud.name, else: Values.untold)
        cloud.instanceType = type
        cloud.zone = zone
        cloud.region = region(zone)
        cloud.lifecycle = lifecycle(values[1])
        cloud.image = Values.last(values[2])
        cloud.cpuPlatform = values[3]
        if type.value?.hasSuffix("-metal") == true { cloud.tenancy = .known("bare metal") }
        cloud.evidence = ["metadata service: Metadata-Flavor: Google"]
        if ask.includesIdentifiers {
            cloud.identifiers = Cloud.Identifiers(instance: values[4].value, account: values[5].value)
        }
        return cloud
    }

    /// `us-central1-a` lies in `us-central1`.
    private static func region(_ zone: Reported<String>) -> Reported<String> {
        guard case .known(let name) = zone else { return zone }
        let parts = name.split(separator: "-")
        return Reported(
            parts.count >= 3 ? parts.dropLast().joined(separator: "-") : nil, else: "instance/zone names no region")
    }

    /// A spot machine is told to be preemptible too.
    private static func lifecycle(_ preemptible: Reported<String>) -> Reported<String> {
        guard case .known(let word) = preemptible else { return preemptible }
        switch word.uppercased() {
        case "TRUE": return .known("spot")
        case "FALSE": return .known("on-demand")
        default: return .unknown("instance/scheduling/preemptible: neither TRUE nor FALSE")
        }
    }
}
