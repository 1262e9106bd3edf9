import Foundation
import Testing

/// Holds the walks through the code that CONTRIBUTING.md tells to the code.
@Suite struct WalkTests {
    @Test("every type that a walk names has a file of its name, and a walk has ten lines")
    func walks() throws {
        let page = try String(contentsOf: PackageFolder.root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
        let start = try #require(page.range(of: "## Four walks"))
        let section = String(page[start.upperBound...]).components(separatedBy: "\n## ")[0]
        let walks = section.components(separatedBy: "\n**").dropFirst()
        #expect(walks.count == 4)
        for walk in walks {
            let lines = walk.split(separator: "\n").filter { $0.first?.isNumber == true }
            #expect(lines.count == 10, "\(walk.prefix(60))")
        }
        let files = Set(try Self.swiftFiles())
        let names = section.matches(of: #/`([A-Z][A-Za-z]+)`/#).map { String($0.1) }
        #expect(names.count > 50)
        for name in Set(names) { #expect(files.contains(name), "\(name)") }
    }

    /// The names of the Swift files of the libraries, without their suffix.
    private static func swiftFiles() throws -> [String] {
        try ["Sources", "Plugins"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: PackageFolder.root.appending(path: folder).path)
                .filter { $0.hasSuffix(".swift") }
                .map { ($0 as NSString).lastPathComponent.replacing(".swift", with: "") }
        }
    }
}
