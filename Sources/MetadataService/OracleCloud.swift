import Model

/// The instance metadata service of Oracle Cloud Infrastructure, version 2.
enum OracleCloud: MetadataProvider {
    static let first = Request(.get, "/opc/v2/instance/", ("Authorization", "Bearer Oracle"))

    private struct Instance: Decodable {
        var shape: String?
        var canonicalRegionName: String?
        /// The name of the domain that is the same for all; `availabilityDomain` begins with letters of the tenancy's own.
        var ociAdName: String?
        var image: String?
        var shapeConfig: ShapeConfiguration?
        var id: String?
        var tenantId: String?
    }

    private struct ShapeConfiguration: Decodable {
        var memoryInGBs: Double?
    }

    static func doubt(_ answer: Response) -> String? {
        if let problem = answer.problem { return problem }
        let instance = try? Values.decoded(Instance.self, .success(answer), first)
        return instance?.shape == nil || instance?.canonicalRegionName == nil
            ? "no shape and canonicalRegionName in it" : nil
    }

    static func cloud(_ answer: Response, _ ask: Asking) throws(RequestProblem) -> Cloud {
        let instance = try Values.decoded(Instance.self, .success(answer), first)
        var cloud = Cloud(provider: Provider.oracleCloud.name, else: Values.untold)
        cloud.instanceType = Values.text(instance.shape, "shape")
        cloud.region = Values.text(instance.canonicalRegionName, "canonicalRegionName")
        cloud.zone = Values.text(instance.ociAdName, "ociAdName")
        cloud.image = Values.text(instance.image, "image")
        if instance.shape?.hasPrefix("BM.") == true { cloud.tenancy = .known("bare metal") }
        // Written as GB, meant as GiB.
        if let size = instance.shapeConfig?.memoryInGBs, size > 0, size < 1e6 {
            cloud.memoryBytes = .known(UInt64(size * 1_073_741_824))
        }
        cloud.evidence = ["metadata service: Oracle instance metadata, version 2"]
        if ask.includesIdentifiers {
            cloud.identifiers = Values.identifiers(instance.id, instance.tenantId)
        }
        return cloud
    }
}
