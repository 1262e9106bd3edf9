import Foundation
import Testing

/// Holds what people read to plain English.
@Suite struct DialectTests {
    /// The paths of the package's Swift files, and of the pages that people read.
    private static let files: (swift: [String], pages: [String]) = {
        let paths = ["Sources", "Plugins", "Python"].flatMap { folder in
            (FileManager.default.enumerator(atPath: PackageFolder.root.appending(path: folder).path)?.allObjects ?? [])
                .compactMap { $0 as? String }.filter { !$0.hasPrefix(".") && !$0.contains("/.") }
                .map { "\(folder)/\($0)" }
        }
        let swift = paths.filter { $0.hasSuffix(".swift") }
        return (
            swift.sorted(),
            ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Benchmarks/README.md"]
                + paths.filter { $0.hasSuffix(".md") }.sorted()
        )
    }()

    private static func read(_ path: String) throws -> String {
        try String(contentsOf: PackageFolder.root.appending(path: path), encoding: .utf8)
    }

    /// The words of every Swift file, read once.
    private static let words = Result {
        try files.swift.map { (path: $0, words: SwiftWords(try read($0))) }
    }

    @Test("help, messages and the words of report pages have none of the phrases that readers must decode")
    func messages() throws {
        let dialect = try Dialect()
        let findings = try Self.words.get().flatMap { path, words in
            words.literals.flatMap { dialect.findings(in: $0.text, at: "\(path):\($0.line)") }
        }
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("README, guides, format references and the change log have none of them", arguments: files.pages)
    func pages(_ path: String) throws {
        let text = try Self.read(path)
        // Code is what it is.
        let prose = text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let findings = try Dialect().findings(in: prose.joined(), at: path)
        #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
    }

    @Test("comments have fewer of them with each change: lower the number when it falls")
    func comments() throws {
        let dialect = try Dialect()
        let count = try Self.words.get().reduce(0) { sum, file in
            sum + dialect.findings(in: file.words.comments.joined(separator: "\n"), at: file.path).count
        }
        #expect(count <= 85, "\(count) in comments")
    }

    @Test("literals are found, joined where they are joined, without what is interpolated")
    func lexing() {
        let words = SwiftWords(
            #"""
            // A comment "here".
            let a = "one \(b.map { "x)" } ?? "y") two"
                + " three"
            let c = """
                four \
                five
                """
            """#)
        #expect(words.literals.map(\.text) == ["one … two three", "\n    four five\n    "])
        #expect(words.comments == ["A comment \"here\"."])
    }
}
