import DataWallKit
import Foundation
import TestSupport
import Testing

@Suite struct SmallRequestTests {
    @Test("a prediction is that of the law")
    func prediction() throws {
        var request = PredictRequest(laws: ["chinchilla"], parameters: 7e9, tokens: 140e9)
        let loss = try ModelCatalog.standard.law("chinchilla").compiled().loss(parameters: 7e9, tokens: 140e9)
        #expect(try request.run().text().joined().contains(Quantity.fixed(loss, decimals: 5)))
        request.laws = []
        #expect(throws: RequestError.self) { try request.run() }
        request.laws = ["nonsense"]
        #expect(throws: LawError.self) { try request.run() }
    }

    @Test("a prediction refuses counts that no run has, and features that no law reads")
    func impossibleRuns() throws {
        func sentence(_ change: (inout PredictRequest) -> Void) -> String? {
            var request = PredictRequest(laws: ["chinchilla"], parameters: 7e9, tokens: 140e9)
            change(&request)
            return #expect(throws: RequestError.self) { try request.run() }?.description
        }
        #expect(sentence { $0.parameters = 7e300 } == "--parameters must be from 1 to 1e18, not 7e300.")
        #expect(sentence { $0.tokens = 1e300 } == "--tokens must be from 1 to 1e21, not 1e300.")
        #expect(sentence { $0.uniqueTokens = 1e-300 } == "--unique-tokens must be from 10000 to 1e18, not 1e-300.")
        #expect(sentence { $0.features = [NamedNumber("depth", 3)] } == "--feature depth: no law asked reads it.")
    }

    @Test("a prediction for another recipe names the laws whose intervals it cannot widen")
    func otherRecipe() throws {
        var request = PredictRequest(laws: ["chinchilla", "bounded-log"], parameters: 7e9, tokens: 140e9)
        let warning = "--other-recipe changes nothing"
        #expect(try !request.run().text(explained: true).joined(separator: " ").contains(warning))
        request.hasOtherRecipe = true
        let report = try request.run()
        let words = report.text(explained: true).joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains("chinchilla: \(warning)"), "\(words)")
        #expect(!words.contains("bounded-log: \(warning)"))
        guard case .array(let predictions)? = report.json["predictions"] else {
            Issue.record("the report has no predictions")
            return
        }
        #expect(predictions.map { "\($0)".contains(warning) } == [true, false])
    }

    @Test("a model is described, stated as a law file, and checked")
    func laws() throws {
        let request = LawsRequest("chinchilla")
        #expect(try request.describe().text().joined().contains("chinchilla"))
        #expect(try request.lawFile().card.identifier == "chinchilla")
        #expect(try request.check().isEmpty)
        let curve = try #require(ModelCatalog.standard.curves.models.first)
        #expect(try !LawsRequest(curve.card.identifier).describe().text().isEmpty)
        #expect(throws: LawError.self) { try LawsRequest("chinchila").describe() }
    }

    @Test("tokenizers are looked for in the folders named, and where none is, the listing says where it looked")
    func tokenizers() throws {
        let folder = try TemporaryFolder()
        let request = TokenizersRequest(library: TokenizerLibrary(folders: [folder.path]))
        #expect(request.list().text().contains("  \(folder.path)"))
        #expect(throws: TokenCountingError.self) { try request.describe("gpt9") }
    }

    @Test("a ratio of tokens to parameters is a positive number")
    func supplies() throws {
        var request = SuppliesRequest()
        #expect(try request.run().text().joined().contains("fineweb-edu"))
        request.tokensPerParameter = .nan
        #expect(throws: RequestError.self) { try request.run() }
    }

    @Test("standard input is read once, and a page needs a file")
    func page() {
        #expect(throws: RequestError.self) { try ReportRequest(files: ["-", "-"]).run() }
        #expect(throws: RequestError.self) { try ReportRequest(files: []).run() }
        #expect(throws: InputFailure.self) { try ReportRequest(files: ["nowhere.json"]).run() }
    }

    @Test("a published mixture has its own budget")
    func mixtures() throws {
        var request = MixturesRequest(mixture: "gpt3")
        #expect(try request.run().table == PublishedMixture.named("gpt3").table)
        request.budget = 300e9
        #expect(throws: RequestError.self) { try request.run() }
    }

    @Test("a check names a limit, and one that an audit can keep")
    func check() throws {
        let golden = PackageFolder.tests("CorpusAuditTests/Golden/audit-2.json").path
        func sentence(_ change: (inout AuditCheck) -> Void) -> String? {
            var request = CheckRequest(audit: golden)
            change(&request.limits)
            return #expect(throws: RequestError.self) { try request.run() }?.description
        }
        #expect(sentence { _ in }?.contains("Name a limit to check") == true)
        #expect(sentence { $0.maximumOverlap = 2 }?.contains("--max-overlap is a share") == true)
        #expect(sentence { $0.maximumDamagedShare = .nan }?.contains("--max-damaged is a share") == true)
        #expect(sentence { $0.maximumHiddenEpochs = 0.5 }?.contains("start at 1") == true)
        #expect(sentence { $0.maximumCopies = 0 }?.contains("--max-copies is 1 or more") == true)
        var request = CheckRequest(audit: golden)
        request.limits.maximumCopies = 1
        let answer = try request.run()
        #expect(answer.failures == 1 && answer.text().count == 2)
    }

    @Test(
        "a broken limit is printed with the digits that show it",
        arguments: [
            ("max_hidden_epochs", 1.2114, 1.211, "1.2114, limit 1.211"),
            ("min_unique_tokens", 42_473, 42_474, "42473, limit 42474"),
            ("max_damaged", 0.012_34, 0.0123, "1.234 %, limit 1.23 %"),
            ("max_copies", 3, 2, "3, limit 2"),
        ])
    func digits(gate: String, value: Double, limit: Double, numbers: String) {
        let result = AuditCheckResult(
            gate: gate, subject: "the corpus", value: value, limit: limit, isPassed: false, reason: "is past it")
        #expect(result.line.hasSuffix(": the corpus: \(numbers): is past it"), "\(result.line)")
    }

    @Test("an audit does not differ from itself, and standard input holds one")
    func difference() throws {
        let golden = PackageFolder.tests("CorpusAuditTests/Golden/audit-2.json").path
        #expect(try DiffRequest(from: golden, to: golden).run().difference.isEmpty)
        #expect(throws: RequestError.self) { try DiffRequest(from: "-", to: "-").run() }
    }

    @Test("buckets are upsampled to the tokens asked for")
    func upsampling() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("bucket,tokens\na,10e9\nb,10e9\nc,10e9\n", to: "buckets.csv")
        let report = try UpsampleRequest(buckets: path, tokens: 40e9).run()
        #expect(report.names == ["a", "b", "c"])
        #expect(throws: MixtureError.self) { try UpsampleRequest(buckets: path, tokens: 1e15).run() }
    }

    @Test("pilots repeat sources as the run would")
    func pilots() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("source,unique_tokens\nweb,20e9\nbooks,5e9\n", to: "sources.csv")
        var request = PilotsRequest(supply: path, tokens: 40e9)
        request.runs = 5
        #expect(try request.run().plan.runs.count == 5)
        #expect(try request.run().text().contains { $0.hasPrefix("All pilots together train on 12.5B tokens, 0.313") })
        request.runs = 2
        #expect {
            try request.run()
        } throws: { "\($0)".contains("the number of pilots must be 3 or more") }
        request.horizon = 2
        #expect(throws: MixtureError.self) { try request.run() }
        for (horizon, tokens) in [(1, 40e9), (1e-12, 40e9), (0.1, 1e30)] {
            (request.horizon, request.tokens) = (horizon, tokens)
            #expect(throws: RequestError.self) { try request.run() }
        }
    }
}
