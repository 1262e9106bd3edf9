import DataWallReports
import Foundation
import OrderedJSON
import TestSupport
import Testing

/// What a mixture looks like on a terminal and as a file.
@Suite struct MixtureTextTests {
    private static func check(_ text: String, _ name: String) throws {
        let golden = GoldenFile(name, in: "DataWallReportsTests/Mixtures/Golden")
        #expect(try golden.holds(text), "\(name) differs from the one kept: see GoldenFile")
    }

    @Test("the answer, its explanation and the file are as they were when they were last read")
    func golden() throws {
        let report = try SampleMixture.make(sources: 5, passes: 3)
        try Self.check(report.text().joined(separator: "\n") + "\n", "mixture.txt")
        try Self.check(report.text(explained: true).joined(separator: "\n") + "\n", "mixture-explained.txt")
        try Self.check(report.json.fileText(), "mixture.json")
    }
}
