import Foundation
import Testing

@testable import DynamicLibrary

@Suite struct CarriedLibrariesTests {
    @Test func libraryBesideTheExecutableIsTheLastChoice() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-carried-\(UUID().uuidString)")
        let carried = folder.appendingPathComponent("lib/compute")
        try FileManager.default.createDirectory(at: carried, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data().write(to: carried.appendingPathComponent("liba.so.2"))

        let found = CarriedLibraries.folder(beside: folder.appendingPathComponent("assay").path)
        #expect(found == carried.path)
        #expect(
            CarriedLibraries.paths(["liba.so.3", "liba.so.2"], in: found)
                == [carried.appendingPathComponent("liba.so.2").path])
    }

    @Test func executableAloneCarriesNothing() {
        #expect(CarriedLibraries.folder(beside: "/nonexistent/assay") == nil)
        #expect(CarriedLibraries.folder(beside: "assay") == nil)
        #expect(CarriedLibraries.paths(["liba.so"], in: nil).isEmpty)
    }
}
