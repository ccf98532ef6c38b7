import CProbe
import Model
import SystemFiles

/// Who runs this machine, if it is not real.
enum Hypervisor {
    /// The name, `none` on bare metal. Witnesses in order of trust: the kernel's own interface, CPUID, firmware.
    static func name(
        _ files: SystemFiles, _ firmware: Firmware, _ information: CPUInformation
    ) -> Reported<String> {
        if let type = files.line("/sys/hypervisor/type").value { return .known(type == "xen" ? "Xen" : type) }
        let isGuest = information.features.contains("hypervisor")
        if isGuest, files.isLive, let name = signature() { return .known(name) }
        if let name = byFirmware(firmware) { return .known(name) }
        if isGuest { return .unknown("the processor says that a hypervisor runs it, nothing says which") }
        if information.isX86 { return .known("none") }
        return .unknown("this architecture has no sign for it, and the firmware names none")
    }

    private static func signature() -> String? {
        var text = [CChar](repeating: 0, count: 13)
        guard assay_hypervisor_signature(&text) != 0 else { return nil }
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        guard !bytes.isEmpty, bytes.allSatisfy({ 32..<127 ~= $0 }) else { return nil }
        let signature = String(decoding: bytes, as: UTF8.self)
        return names[signature] ?? signature.trimmed
    }

    private static let names = [
        "KVMKVMKVM": "KVM", "Linux KVM Hv": "KVM", "Microsoft Hv": "Hyper-V", "VMwareVMware": "VMware",
        "XenVMMXenVMM": "Xen", "TCGTCGTCGTCG": "QEMU", "VBoxVBoxVBox": "VirtualBox", "bhyve bhyve ": "bhyve",
        "ACRNACRNACRN": "ACRN", " lrpepyh  vr": "Parallels", "QNXQVMBSQG": "QNX", "SRESRESRESRE": "LMHS",
    ]

    private static func byFirmware(_ firmware: Firmware) -> String? {
        let product = firmware.product.value ?? ""
        switch firmware.vendor.value {
        case "QEMU": return "QEMU"
        case "VMware, Inc.": return "VMware"
        case "innotek GmbH": return "VirtualBox"
        case "Xen": return "Xen"
        case "Parallels Software International Inc.": return "Parallels"
        case "Microsoft Corporation": return product == "Virtual Machine" ? "Hyper-V" : nil
        case "Google": return product == "Google Compute Engine" ? "KVM" : nil
        case "Amazon EC2": return product.holds(".metal") ? "none" : "KVM"
        default: return product.hasPrefix("KVM") ? "KVM" : nil
        }
    }
}
