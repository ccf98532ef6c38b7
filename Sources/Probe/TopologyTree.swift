import CHwloc
import Model

extension TopologyNode {
    /// The object with everything below it, in the order of `lstopo`.
    init(_ object: HwlocObject) {
        self.init(
            kind: object.kind, index: object.numbered ? object.index : nil, name: object.label, bytes: object.bytes,
            children: object.children.map(TopologyNode.init))
    }
}

extension HwlocObject {
    /// Assay's word for the type.
    var kind: String {
        switch type {
        case HWLOC_OBJ_MACHINE: "machine"
        case HWLOC_OBJ_PACKAGE: "package"
        case HWLOC_OBJ_DIE: "die"
        case HWLOC_OBJ_GROUP: "group"
        case HWLOC_OBJ_CORE: "core"
        case HWLOC_OBJ_PU: "processingUnit"
        case HWLOC_OBJ_L1CACHE: isData ? "l1d" : "l1"
        case HWLOC_OBJ_L2CACHE: isData ? "l2d" : "l2"
        case HWLOC_OBJ_L3CACHE: isData ? "l3d" : "l3"
        case HWLOC_OBJ_L4CACHE: "l4"
        case HWLOC_OBJ_L5CACHE: "l5"
        case HWLOC_OBJ_L1ICACHE: "l1i"
        case HWLOC_OBJ_L2ICACHE: "l2i"
        case HWLOC_OBJ_L3ICACHE: "l3i"
        case HWLOC_OBJ_NUMANODE: "numaNode"
        case HWLOC_OBJ_MEMCACHE: "memoryCache"
        case HWLOC_OBJ_BRIDGE: "bridge"
        case HWLOC_OBJ_PCI_DEVICE: "pci"
        case HWLOC_OBJ_OS_DEVICE: "device"
        default: "misc"
        }
    }

    private var isCache: Bool { hwloc_obj_type_is_cache(type) != 0 || type == HWLOC_OBJ_MEMCACHE }
    private var isData: Bool { attributes?.pointee.cache.type == HWLOC_OBJ_CACHE_DATA }

    /// Whether the system's number means anything to a person: not for caches and devices, where hwloc makes it up.
    var numbered: Bool {
        switch type {
        case HWLOC_OBJ_PACKAGE, HWLOC_OBJ_DIE, HWLOC_OBJ_CORE, HWLOC_OBJ_PU, HWLOC_OBJ_NUMANODE: true
        default: false
        }
    }

    fileprivate var bytes: UInt64? {
        if isCache { return attributes?.pointee.cache.size }
        return type == HWLOC_OBJ_NUMANODE ? attributes?.pointee.numanode.local_memory : nil
    }

    /// What a person reads beside the kind. Names of `misc` objects are left out: they hold process names, memory
    /// module serials, whatever someone put there.
    var label: String? {
        switch type {
        case HWLOC_OBJ_PACKAGE: info("CPUModel")
        case HWLOC_OBJ_GROUP, HWLOC_OBJ_NUMANODE, HWLOC_OBJ_MISC: subtype
        case HWLOC_OBJ_BRIDGE: isHostBridge ? "host" : busId
        case HWLOC_OBJ_PCI_DEVICE: busId
        case HWLOC_OBJ_OS_DEVICE: name.map(DeviceName.withoutAddress)
        default: nil
        }
    }

    private var isHostBridge: Bool { attributes?.pointee.bridge.upstream_type == HWLOC_OBJ_BRIDGE_HOST }
}
