import MetadataService
import Model
import SystemFiles

/// What the firmware says about the machine: maker and product, never a serial number or a UUID.
struct Firmware: Sendable {
    let vendor: Reported<String>
    let product: Reported<String>
    /// Its own maker and version.
    let system: Reported<SystemFirmware>
    /// The cloud that it names, if it names one.
    let cloud: CloudSign?

    init(_ files: SystemFiles) {
        vendor = files.line(Self.path("sys_vendor"))
        product = files.line(Self.path("product_name"))
        cloud = CloudSign(
            vendor: vendor.value, product: product.value, chassisTag: files.line(Self.path("chassis_asset_tag")).value,
            bios: files.line(Self.path("bios_version")).value)
        system = Self.system(files)
    }

    private static func system(_ files: SystemFiles) -> Reported<SystemFirmware> {
        func line(_ name: String) -> Reported<String> { files.line(path(name)).map { ShortText.plain($0, 100) } }
        let firmware = SystemFirmware(
            vendor: line("bios_vendor"), version: line("bios_version"), date: line("bios_date").map(day))
        guard firmware.title.isEmpty else { return .known(firmware) }
        return .unknown(firmware.version.reason ?? "the firmware does not tell")
    }

    /// `2024-11-22` of `11/22/2024`, as SMBIOS has it; anything else as it is.
    static func day(_ text: String) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [2, 2, 4] else { return text }
        let day = "\(parts[2])-\(parts[0])-\(parts[1])"
        return Price.isDay(day) ? day : text
    }

    static func path(_ name: String) -> String { "/sys/class/dmi/id/\(name)" }
}

/// By what the firmware gives a cloud away.
///
/// The strings are those by which cloud-init's ds-identify and systemd know the clouds. Tags are read to compare with
/// what a provider writes into all its machines, never to repeat what an owner wrote.
struct CloudSign: Sendable, Equatable {
    var provider: String
    /// Whose metadata service can be asked.
    var service: Provider?
    /// Where the firmware tells it.
    var instanceType: String?
    var evidence: String

    private static let azureTag = "7783-7084-3265-9085-8269-3286-77"

    private static let vendors = [
        "DigitalOcean": "DigitalOcean", "Hetzner": "Hetzner", "Scaleway": "Scaleway", "Tencent Cloud": "Tencent Cloud",
        "Vultr": "Vultr", "UpCloud": "UpCloud", "Linode": "Akamai (Linode)", "Akamai": "Akamai (Linode)",
    ]
    private static let products = [
        "Alibaba Cloud ECS": "Alibaba Cloud", "CloudSigma": "CloudSigma",
        // Many operators leave it at that.
        "OpenStack Nova": "an OpenStack cloud", "OpenStack Compute": "an OpenStack cloud",
    ]
    private static let tags = ["OpenTelekomCloud": "Open Telekom Cloud", "HUAWEICLOUD": "Huawei Cloud"]

    private init(_ provider: String, _ file: String, _ value: String) {
        self.provider = provider
        evidence = "\(Firmware.path(file)): \(value)"
    }

    private init(_ service: Provider, _ file: String, _ value: String) {
        self.init(service.name, file, value)
        self.service = service
    }

    init?(vendor: String?, product: String?, chassisTag: String?, bios: String?) {
        let vendor = vendor ?? ""
        let product = product ?? ""
        let tag = chassisTag ?? ""
        if let sign = Self.large(vendor, product, tag, bios ?? "") {
            self = sign
        } else if let provider = Self.tags[tag] {
            self.init(provider, "chassis_asset_tag", tag)
        } else if let provider = Self.vendors[vendor] {
            self.init(provider, "sys_vendor", vendor)
        } else if let provider = Self.products[product] {
            self.init(provider, "product_name", product)
        } else if product.hasPrefix("Exoscale") {
            self.init("Exoscale", "product_name", product)
        } else {
            return nil
        }
    }

    private static func large(_ vendor: String, _ product: String, _ tag: String, _ bios: String) -> CloudSign? {
        if vendor == "Amazon EC2" {
            var sign = CloudSign(.amazonWebServices, "sys_vendor", vendor)
            // On EC2 the product is the instance type: `c7i.metal-24xl`.
            sign.instanceType = product.holds(".") ? product : nil
            return sign
        }
        // Older instances run on Xen, whose firmware Amazon marked.
        if vendor == "Xen", bios.hasSuffix(".amazon") { return CloudSign(.amazonWebServices, "bios_version", bios) }
        if product == "Google Compute Engine" { return CloudSign(.googleCloud, "product_name", product) }
        if vendor == "Microsoft Corporation", tag == azureTag {
            return CloudSign(.microsoftAzure, "chassis_asset_tag", "the tag of every Azure machine")
        }
        if tag == "OracleCloud.com" { return CloudSign(.oracleCloud, "chassis_asset_tag", tag) }
        return nil
    }
}
