/// How much memory the commonest families of instance types come with, by the type's name: where a metadata service does not
/// say it, the name does.
///
/// Sources, looked up in November 2026: Google Cloud, "General-purpose machine family for Compute Engine"
/// (cloud.google.com/compute/docs/general-purpose-machines), table by table; AWS, "Amazon EC2 instance type specifications"
/// (docs.aws.amazon.com/ec2/latest/instancetypes), of whose figures Red Hat's "AWS instance types" of OpenShift Service on AWS
/// are a list up to the seventh generation; later ones go by the letter, which AWS keeps (c 2, m 4, r 8, x2gd, x2idn and x8g 16,
/// x2iedn and x2iezn 32). Azure, "Sizes for virtual machines" (learn.microsoft.com/azure/virtual-machines/sizes), and the same
/// sizes as constants of Aspire.Hosting.Azure.Kubernetes. Oracle's shapes of today are flexible and have no ratio.
///
/// Only families in which memory grows with the vCPUs throughout are here, or up to a size that is said; what the makers call
/// GB there is GiB. Left out because they do not: c5n (2.625, but 96 GiB at 9xlarge), r4 and x1 (of older hypervisors), Google's
/// c4 standard and highmem (3.75 and 7.75, rounded), c4d-highcpu, n4d-highcpu, c3d-highcpu (a little below 2).
enum InstanceFamilies {
    /// What a type's name says: vCPUs, and GiB for each.
    struct Size: Equatable {
        var family: String
        var vCPUs: Int
        var gibibytesEach: Double
        var bytes: UInt64 { UInt64(Double(vCPUs) * gibibytesEach * 0x1p30) }
    }

    static func size(_ type: String) -> Size? { amazon(type) ?? google(type) ?? azure(type) }

    // MARK: AWS

    private static let amazonRatios: [(families: [String], gibibytes: Double)] = [
        (["m5", "m5a", "m5d", "m5ad", "m5n", "m5dn", "m6a", "m6g", "m6gd", "m6i", "m6id", "m6in", "m6idn"], 4),
        (["m7a", "m7g", "m7gd", "m7i", "m7i-flex", "m8a", "m8g", "m8gd", "m8i", "m8i-flex"], 4),
        (["c5", "c5a", "c5d", "c5ad", "c6a", "c6g", "c6gd", "c6gn", "c6i", "c6id", "c6in"], 2),
        (["c7a", "c7g", "c7gd", "c7gn", "c7i", "c7i-flex", "c8g", "c8gd", "c8gn", "c8i", "c8i-flex"], 2),
        (["r5", "r5a", "r5b", "r5d", "r5ad", "r5n", "r5dn", "r6a", "r6g", "r6gd", "r6i", "r6id", "r6in", "r6idn"], 8),
        (["r7a", "r7g", "r7gd", "r7i", "r7iz", "r8a", "r8g", "r8gd", "r8i", "r8i-flex", "z1d"], 8),
        (["m5zn"], 4), (["x2gd", "x2idn", "x8g"], 16), (["x2iedn", "x2iezn"], 32),
    ]

    /// `m7i.2xlarge`: an xlarge has four vCPUs. Whole machines are left out, whose names count otherwise.
    private static func amazon(_ type: String) -> Size? {
        let parts = type.split(separator: ".").map(String.init)
        guard parts.count == 2, let ratio = amazonRatios.first(where: { $0.families.contains(parts[0]) })?.gibibytes
        else { return nil }
        let multiple = parts[1].hasSuffix("xlarge") ? parts[1].dropLast("xlarge".count) : ""
        let vCPUs: Int? =
            switch parts[1] {
            case "medium": 1
            case "large": 2
            case "xlarge": 4
            default: Int(multiple).flatMap { (2...256).contains($0) ? 4 * $0 : nil }
            }
        return vCPUs.map { Size(family: parts[0], vCPUs: $0, gibibytesEach: ratio) }
    }

    // MARK: Google Cloud

    private static let googleRatios: [String: Double] = [
        "n1-standard": 3.75, "n1-highmem": 6.5, "n1-highcpu": 0.9, "e2-standard": 4, "e2-highmem": 8, "e2-highcpu": 1,
        "n2-standard": 4, "n2-highmem": 8, "n2-highcpu": 1, "n2d-standard": 4, "n2d-highmem": 8, "n2d-highcpu": 1,
        "n4-standard": 4, "n4d-standard": 4, "n4-highmem": 8, "n4-highcpu": 2, "c2-standard": 4, "c2d-standard": 4,
        "c2d-highmem": 8, "c2d-highcpu": 2,
        "c3-standard": 4, "c3-highmem": 8, "c3-highcpu": 2, "c3d-standard": 4, "c3d-highmem": 8, "c4-highcpu": 2,
        "c4a-standard": 4, "c4a-highmem": 8, "c4a-highcpu": 2, "t2d-standard": 4, "t2a-standard": 4,
    ]
    /// The largest of these has less for each vCPU.
    private static let googleMost = ["n2-highmem": 96]

    /// `n2-standard-8`; `c3-standard-8-lssd` has disks too.
    private static func google(_ type: String) -> Size? {
        let parts = type.split(separator: "-").map(String.init)
        guard parts.count == 3 || parts.count == 4 && parts[3] == "lssd",
            let ratio = googleRatios["\(parts[0])-\(parts[1])"], let vCPUs = Int(parts[2]),
            (1...(googleMost["\(parts[0])-\(parts[1])"] ?? 512)).contains(vCPUs)
        else { return nil }
        return Size(family: "\(parts[0])-\(parts[1])", vCPUs: vCPUs, gibibytesEach: ratio)
    }

    // MARK: Azure

    /// `Standard_D8s_v5`, `Standard_E16ads_v5`, `Standard_F16s_v2`; of the D series those with an `l` have half.
    private static func azure(_ type: String) -> Size? {
        let parts = type.split(separator: "_").map(String.init)
        guard parts.count == 3, parts[0] == "Standard", let series = parts[1].first, parts[2].hasPrefix("v"),
            let version = Int(parts[2].dropFirst())
        else { return nil }
        let digits = parts[1].dropFirst().prefix { $0.isASCII && $0.isNumber }
        let additions = parts[1].dropFirst(1 + digits.count)
        guard let vCPUs = Int(digits), (1...192).contains(vCPUs), additions.allSatisfy({ "adlps".contains($0) }) else {
            return nil
        }
        let isLow = additions.contains("l")
        let isFirstArm = additions.contains("p") && version == 5
        let ratio: Double? =
            switch (series, version) {
            case ("D", 3...6) where isLow: 2
            case ("D", 3...6) where !isFirstArm || vCPUs <= 48: 4
            // The largest have less for each; of the first with Arm's processors those above 48 and 20.
            case ("E", 3...6) where !isLow && vCPUs <= (isFirstArm ? 20 : 48): 8
            case ("F", 2) where additions == "s": 2
            case ("F", 6) where additions == "als": 2
            case ("F", 6) where additions == "as": 4
            default: nil
            }
        return ratio.map { Size(family: "\(series)\(additions)_v\(version)", vCPUs: vCPUs, gibibytesEach: $0) }
    }
}
