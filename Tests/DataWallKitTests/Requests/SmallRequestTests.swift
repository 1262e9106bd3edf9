import DataWallKit
import Foundation
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

    @Test("buckets are upsampled to the tokens asked for")
    func upsampling() throws {
        let path = NSTemporaryDirectory() + "datawall-buckets-\(UUID().uuidString).csv"
        try "bucket,tokens\na,10e9\nb,10e9\nc,10e9\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let report = try UpsampleRequest(buckets: path, tokens: 40e9).run()
        #expect(report.names == ["a", "b", "c"])
        #expect(throws: MixtureError.self) { try UpsampleRequest(buckets: path, tokens: 1e15).run() }
    }

    @Test("pilots repeat sources as the run would")
    func pilots() throws {
        let path = NSTemporaryDirectory() + "datawall-sources-\(UUID().uuidString).csv"
        try "source,unique_tokens\nweb,20e9\nbooks,5e9\n".write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        var request = PilotsRequest(supply: path, tokens: 40e9)
        request.runs = 5
        #expect(try request.run().plan.runs.count == 5)
        request.horizon = 2
        #expect(throws: MixtureError.self) { try request.run() }
    }
}
