/// Who makes what, by PCI number: few makers of accelerators, and the makers of display adapters that only draw.
enum AcceleratorVendor {
    static let nvidia = 0x10de
    static let amd = 0x1002
    static let intel = 0x8086

    /// Names for machines whose hwloc has none.
    private static let names: [Int: String] = [
        nvidia: "NVIDIA", amd: "AMD", intel: "Intel", 0x1022: "AMD", 0x1da3: "Habana Labs", 0x17cb: "Qualcomm",
        0x10ee: "Xilinx", 0x1ae0: "Google", 0x1d0f: "Amazon", 0x1ed5: "Moore Threads", 0x19e5: "Huawei",
        0x1e52: "Tenstorrent", 0x1e36: "Enflame", 0x106b: "Apple",
    ]

    /// Of servers' management controllers and of hypervisors. Nothing can be computed with them.
    private static let displayOnly: [Int: String] = [
        0x1a03: "ASPEED", 0x102b: "Matrox", 0x1013: "Cirrus", 0x1234: "QEMU", 0x1b36: "QXL", 0x1af4: "virtio",
        0x15ad: "VMware", 0x1414: "Hyper-V", 0x80ee: "VirtualBox", 0x18ca: "XGI", 0x19e5: "Huawei", 0x1039: "SiS",
        0x5333: "S3", 0x1023: "Trident",
    ]

    static func name(_ id: Int) -> String? { names[id] }

    /// The maker's name, where such a function of its only draws.
    static func onlyDraws(_ function: PCIFunction) -> String? {
        function.isDisplay ? displayOnly[function.vendorID] : nil
    }
}
