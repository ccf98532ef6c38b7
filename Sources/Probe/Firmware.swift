import Model
import SystemFiles

/// What the firmware says about the machine: maker and product, never a serial number or a UUID.
struct Firmware: Sendable {
    let vendor: Reported<String>
    let product: Reported<String>
    private let isAzure: Bool

    /// The chassis tag that every Azure machine bears, and only they; read to compare, never to repeat.
    private static let azureTag = "7783-7084-3265-9085-8269-3286-77"

    init(_ files: SystemFiles) {
        vendor = files.line("/sys/class/dmi/id/sys_vendor")
        product = files.line("/sys/class/dmi/id/product_name")
        isAzure =
            vendor.value == "Microsoft Corporation"
            && files.line("/sys/class/dmi/id/chassis_asset_tag").value == Self.azureTag
    }

    /// The cloud, where the firmware gives it away. No metadata service is contacted by this version.
    var cloud: Reported<Cloud> {
        let unasked = "no metadata service is contacted by this version"
        let place: Reported<String> = .unknown("not asked: \(unasked)")
        switch vendor.value {
        case "Amazon EC2":
            // On EC2 the product is the instance type: `c7i.metal-24xl`.
            let type = product.value.flatMap { $0.contains(".") ? $0 : nil }
            return .known(
                Cloud(
                    provider: "Amazon Web Services",
                    instanceType: Reported(type, else: "the firmware does not say, and \(unasked)"), region: place))
        case "Google" where product.value == "Google Compute Engine":
            return .known(Cloud(provider: "Google Cloud", instanceType: place, region: place))
        case "Microsoft Corporation" where isAzure:
            return .known(Cloud(provider: "Microsoft Azure", instanceType: place, region: place))
        default: return .unknown("not asked: \(unasked)")
        }
    }
}
