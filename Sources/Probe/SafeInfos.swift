/// Names of hwloc's infos that tell what a thing is and never which one it is. The list follows the chapter "Object
/// attributes" of hwloc's manual; serial numbers, asset tags, UUIDs, GUIDs, addresses, the names of host, process and
/// control group are left out on purpose.
enum SafeInfos {
    static func contains(_ name: String) -> Bool {
        if names.contains(name) { return true }
        // Numbered ones: `SoC0Family`, `Port1State`, `LevelZeroCQGroup2`.
        let plain = name.filter { !("0"..."9").contains($0) }
        return plain != name && numbered.contains(plain)
    }

    private static let numbered: Set<String> = [
        "SoCID", "SoCFamily", "SoCRevision", "PortState", "PortLMC", "LevelZeroCQGroup",
    ]

    private static let names: Set<String> = Set(
        """
        Backend SyntheticDescription hwlocVersion OSName OSRelease OSVersion Architecture PageSizes PageSizeNr
        WindowsBuildEnvironment MemoryMode ClusterMode MemoryTiersNr
        DMIBIOSVendor DMIBIOSVersion DMIBIOSDate DMISysVendor DMIProductName DMIProductVersion DMIBoardVendor DMIBoardName
        DMIBoardVersion DMIChassisVendor DMIChassisType DMIChassisVersion HardwareName HardwareRevision PlatformName
        PlatformModel PlatformVendor PlatformBoardID PlatformRevision SystemVersionRegister
        CPUVendor CPUModel CPUModelNumber CPUFamilyNumber CPUStepping CPUImplementer CPUArchitecture CPUVariant CPUPart
        CPUFamily CPURevision CPUType ProcessorVersionRegister Inclusive
        CoreType FrequencyMaxMHz FrequencyBaseMHz LinuxCapacity LinuxCPUType DarwinCompatible
        DAXDevice DAXType DAXParent MemoryTier PCIBusID CXLDevice CXLDeviceInterleaveWays CXLRAMSize CXLPMEMSize
        PCIVendor PCIDevice PCISlot Vendor Model Revision Size SectorSize LinuxDeviceID Port CassiniVersion
        FormFactor Type DeviceLocation BankLocation Rank PartNumber
        GPUVendor GPUModel OpenCLDeviceType OpenCLPlatformIndex OpenCLPlatformName OpenCLPlatformDeviceIndex
        OpenCLComputeUnits OpenCLGlobalMemorySize
        LevelZeroVendor LevelZeroModel LevelZeroBrand LevelZeroDriverIndex LevelZeroDriverDeviceIndex LevelZeroSubdevices
        LevelZeroSubdeviceID LevelZeroDeviceType LevelZeroNumSlices LevelZeroNumSubslicesPerSlice
        LevelZeroNumEUsPerSubslice LevelZeroNumThreadsPerEU LevelZeroHBMSize LevelZeroDDRSize LevelZeroMemorySize
        LevelZeroCQGroups
        RSMIVRAMSize RSMIVisibleVRAMSize RSMIGTTSize XGMIPeers
        CUDAMultiProcessors CUDACoresPerMP CUDAGlobalMemorySize CUDAL2CacheSize CUDASharedMemorySizePerMP
        VectorEngineModel VectorEngineCores VectorEngineMemorySize VectorEngineLLCSize VectorEngineL2Size
        VectorEngineL1dSize VectorEngineL1iSize VectorEngineNUMAPartitioned
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
