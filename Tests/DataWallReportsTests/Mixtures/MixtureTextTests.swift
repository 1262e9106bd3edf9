import DataWallReports
import Foundation
import OrderedJSON
import Testing

/// What a mixture looks like on a terminal and as a file.
///
/// After a wanted change, write the files anew with `DATAWALL_RECORD=1` and read each.
@Suite struct MixtureTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    private static func check(_ text: String, _ name: String) throws {
        let file = folder.appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["DATAWALL_RECORD"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)), "\(name) differs: see MixtureTextTests")
    }

    @Test("the answer, its explanation and the file are as they were when they were last read")
    func golden() throws {
        let report = try SampleMixture.make(sources: 5, passes: 3)
        try Self.check(report.text().joined(separator: "\n") + "\n", "mixture.txt")
        try Self.check(report.text(explained: true).joined(separator: "\n") + "\n", "mixture-explained.txt")
        try Self.check(report.json.fileText(), "mixture.json")
    }
}
