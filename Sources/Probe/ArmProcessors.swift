/// Names for the numbers by which arm processors identify themselves; the kernel prints the numbers only.
enum ArmProcessors {
    static func vendor(_ implementer: Int) -> String? {
        switch implementer {
        case 0x41: "ARM"
        case 0x42: "Broadcom"
        case 0x43: "Cavium"
        case 0x46: "Fujitsu"
        case 0x48: "HiSilicon"
        case 0x4e: "NVIDIA"
        case 0x50: "APM"
        case 0x51: "Qualcomm"
        case 0x61: "Apple"
        case 0x6d: "Microsoft"
        case 0xc0: "Ampere"
        default: nil
        }
    }

    static func model(_ implementer: Int, part: Int) -> String? {
        switch (implementer, part) {
        case (0x41, 0xd03): "Cortex-A53"
        case (0x41, 0xd05): "Cortex-A55"
        case (0x41, 0xd07): "Cortex-A57"
        case (0x41, 0xd08): "Cortex-A72"
        case (0x41, 0xd0b): "Cortex-A76"
        case (0x41, 0xd0c): "Neoverse-N1"
        case (0x41, 0xd40): "Neoverse-V1"
        case (0x41, 0xd41): "Cortex-A78"
        case (0x41, 0xd44): "Cortex-X1"
        case (0x41, 0xd49): "Neoverse-N2"
        case (0x41, 0xd4a): "Neoverse-E1"
        case (0x41, 0xd4f): "Neoverse-V2"
        case (0x41, 0xd83): "Neoverse-V3AE"
        case (0x41, 0xd84): "Neoverse-V3"
        case (0x41, 0xd8e): "Neoverse-N3"
        case (0x43, 0x0af): "ThunderX2"
        case (0x46, 0x001): "A64FX"
        case (0x48, 0xd01): "Kunpeng-920"
        case (0xc0, 0xac3): "Ampere-1"
        case (0xc0, 0xac4): "Ampere-1a"
        default: nil
        }
    }
}
