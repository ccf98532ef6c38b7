import Model

/// The Instance Metadata Service of EC2, version 2: nothing is told without a token.
enum AmazonWebServices: MetadataProvider {
    static let first = Request(.put, "/latest/api/token", ("X-aws-ec2-metadata-token-ttl-seconds", "60"))

    /// A token goes into a header again, so it must be one that can.
    static func doubt(_ answer: Response) -> String? {
        if let problem = answer.problem { return problem }
        let isToken = (8...1024).contains(answer.body.count) && answer.body.allSatisfy { (33...126).contains($0) }
        return isToken ? nil : "no token"
    }

    private struct Document: Decodable {
        var instanceType: String?
        var region: String?
        var availabilityZone: String?
        var imageId: String?
        var instanceId: String?
        var accountId: String?
    }

    static func cloud(_ answer: Response, _ ask: Asking) throws(RequestProblem) -> Cloud {
        let token = String(decoding: answer.body, as: UTF8.self)
        let paths = [
            "dynamic/instance-identity/document", "meta-data/instance-life-cycle", "meta-data/placement/host-id",
        ]
        let requests = paths.map { Request(.get, "/latest/\($0)", ("X-aws-ec2-metadata-token", token)) }
        let answers = ask.all(requests)
        let document = try Values.decoded(Document.self, answers[0], requests[0])
        let type = Values.text(document.instanceType, "instanceType")
        var cloud = Cloud(provider: Provider.amazonWebServices.name, else: Values.untold)
        cloud.instanceType = type
        cloud.region = Values.text(document.region, "region")
        cloud.zone = Values.text(document.availabilityZone, "availabilityZone")
        cloud.lifecycle = Values.body(answers[1], requests[1])
        cloud.image = Values.text(document.imageId, "imageId")
        cloud.tenancy = tenancy(type, host: answers[2])
        cloud.evidence = ["metadata service: IMDSv2 token and instance identity document"]
        if ask.includesIdentifiers {
            cloud.identifiers = Values.identifiers(document.instanceId, document.accountId)
        }
        return cloud
    }

    /// Only machines on a dedicated host have a host identifier; it is looked for, not repeated.
    private static func tenancy(_ type: Reported<String>, host: Exchange.Outcome) -> Reported<String> {
        if type.value?.contains(".metal") == true { return .known("bare metal") }
        if case .success(let response) = host, response.status == 200 { return .known("dedicated host") }
        return .unknown("the metadata service does not tell shared hosts from dedicated instances")
    }
}
