import Foundation
import TestSupport
import Testing

@Suite struct ReexportTests {
    @Test("DataWallKit re-exports every library that Package.swift names, but for itself and the command")
    func reexports() throws {
        let manifest = try text("Package.swift")
        let reexported = Set(
            try text("Sources/DataWallKit/DataWallKit.swift").matches(of: /(?m)^@_exported public import (\w+)$/).map {
                String($0.1)
            })
        var libraries = Set(manifest.matches(of: /\.library\(name: "(\w+)"/).map { String($0.1) })
        // The libraries of plugins are made in loops over lists of names.
        for list in manifest.matches(of: /let \w+Names = \[([^\]]*)\]/) {
            libraries.formUnion(list.1.matches(of: /"(\w+)"/).map { String($0.1) })
        }
        libraries.subtract(["DataWallKit", "DataWallCommand"])
        #expect(libraries.count > 20, "the lists of Package.swift were not found")
        #expect(reexported == libraries)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: PackageFolder.root.appendingPathComponent(path), encoding: .utf8)
    }
}
