import CHwloc

#if canImport(Glibc)
    import Glibc
#endif

extension Probe {
    /// The topology as hwloc 2.x writes it, for `lstopo -i` and for every program that uses hwloc: of this machine, or of
    /// the one that `options` name. Without identifiers unless `options` ask for
    /// them, and without a line end after the last line.
    public static func topologyXML(_ options: ProbeOptions = ProbeOptions()) throws(ProbeError) -> String {
        let xml = try HwlocTopology(HwlocTopology.Source(options)).xml()
        return String(decoding: options.includesIdentifiers ? xml : TopologyRedaction.redacted(xml), as: UTF8.self)
    }
}

extension HwlocTopology {
    borrowing func xml() throws(ProbeError) -> [UInt8] {
        var buffer: UnsafeMutablePointer<CChar>?
        var length: Int32 = 0
        guard hwloc_topology_export_xmlbuffer(handle, &buffer, &length, 0) == 0, let buffer else {
            throw .failed("hwloc", problem: "cannot write the topology: \(String(cString: strerror(errno)))")
        }
        defer { hwloc_free_xmlbuffer(handle, buffer) }
        // Without the NUL, which is counted, and without the last line end.
        let text = UnsafeRawBufferPointer(start: buffer, count: max(Int(length) - 1, 0))
        return Array(text.last == UInt8(ascii: "\n") ? text.dropLast() : text[...])
    }
}
