import DataWallCommand
import DataWallKit
import Foundation
import Testing

/// The example of the guide "Write a law", compiled and held to what the guide says.
@Suite struct ExampleTests {
    @Test("the guide's law keeps the promises of laws")
    func conformance() {
        #expect(LawConformance().violations(of: LogPenaltyLaw()).isEmpty)
    }

    @Test("the guide's program compiles, and its law is known to the catalog it runs with")
    func program() throws {
        func program() async throws {
            var models = ModelCatalog.standard
            try models.laws.register(LogPenaltyLaw())
            await DataWallCommand.main(models: models)
        }
        var models = ModelCatalog.standard
        try models.laws.register(LogPenaltyLaw())
        let law = try models.laws.model(named: "log-penalty").compiled()
        #expect(try law.loss(parameters: 1e9, tokens: 40e9, uniqueTokens: 10e9) > 2)
    }

    @Test("the guide prints the code that is compiled here")
    func guide() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let guide = try String(
            contentsOf: PackageFolder.root.appending(path: "Sources/ScalingLaws/ScalingLaws.docc/Guides/WriteALaw.md"),
            encoding: .utf8)
        let law = try String(contentsOf: here.appendingPathComponent("LogPenaltyLaw.swift"), encoding: .utf8)
        #expect(guide.contains(law))
        for line in [
            "var models = ModelCatalog.standard", "try models.laws.register(LogPenaltyLaw())",
            "await DataWallCommand.main(models: models)",
        ] { #expect(guide.contains(line)) }
        // The guide's law file gives the law's own losses.
        let fence = try #require(guide.range(of: "```json\n"))
        let rest = guide[fence.upperBound...]
        let end = try #require(rest.range(of: "\n```"))
        let file = try FileLaw(
            parsing: Array(rest[..<end.lowerBound].utf8), forms: ModelCatalog.standard.laws,
            file: "the guide's law file")
        let (first, second) = (try file.compiled(), try LogPenaltyLaw().compiled())
        #expect(file.card.warnings.isEmpty)
        for (n, d, u) in [(1e9, 40e9, 10e9), (7e9, 100e9, 200e9)] {
            let loss = try first.loss(parameters: n, tokens: d, uniqueTokens: u)
            #expect(abs(loss / (try second.loss(parameters: n, tokens: d, uniqueTokens: u)) - 1) < 1e-12)
        }
    }
}
