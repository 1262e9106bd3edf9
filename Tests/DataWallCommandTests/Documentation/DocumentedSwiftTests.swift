import Foundation
import Testing

/// Holds the Swift that the documentation prints to the Swift that is compiled in this folder.
@Suite struct DocumentedSwiftTests {
    @Test("every Swift block of a page stands in the compiled examples", arguments: DocumentedBlocks.pages)
    func swift(page: String) throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "PageExamples.swift")
        let compiled = try Self.flat(String(contentsOf: file, encoding: .utf8))
        for block in try DocumentedBlocks(page: page).blocks where block.language == "swift" {
            let lines = block.text.components(separatedBy: "\n").filter { !$0.hasPrefix("import ") }
            let wanted = Self.flat(lines.joined(separator: "\n"))
            #expect(
                compiled.contains(wanted),
                "\(page), line \(block.line): its Swift is not that of PageExamples.swift, where it is compiled")
        }
    }

    /// Lines without indentation and blank ones.
    private static func flat(_ text: String) -> String {
        text.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
