import DataWallKit
import SchemaChecking
import TestSupport
import Testing

@Suite struct DesignRequestTests {
    private static func request() -> DesignRequest {
        var request = DesignRequest()
        request.budget.flops = 1e21
        request.truths = 20
        return request
    }

    @Test("the schema in the datasets is the one that the table of fields makes")
    func schema() throws {
        #expect(try FileSchema.isCurrent(DesignFile.schemaFile, of: "design"))
    }

    @Test("a design is written as its schema says, and as it was when a person last read it")
    func golden() throws {
        let report = try Self.request().run(madeBy: "datawall design --flops 1e21 --truths 20")
        #expect(try FileSchema(of: "design").violations(of: report.json) == [])
        let golden = GoldenFile("design.json", in: "DataWallKitTests/Golden")
        #expect(try golden.holds(report.json.fileText()), "design.json differs from the one kept: see GoldenFile")
        let text = GoldenFile("design.txt", in: "DataWallKitTests/Golden")
        let lines = report.text() + ["", "---", ""] + report.text(explained: true)
        #expect(try text.holds(lines.map { $0 + "\n" }.joined()), "design.txt differs from the one kept")
    }

    @Test("a target that nobody can train, and a law whose prior cannot be used, are refused with what to do")
    func unusableTargets() throws {
        var request = Self.request()
        request.target = 1e300
        #expect {
            try request.run()
        } throws: { "\($0)" == "--target must be from 1e9 to 1e36, not 1e300." }
        request.target = nil
        request.law = "kaplan"
        #expect {
            try request.run()
        } throws: { "\($0)".hasSuffix("give another law, such as --law chinchilla-soft.") }
    }

    @Test("the answer fits a screen of 24 lines and 80 columns")
    func screen() throws {
        var request = Self.request()
        request.supply.uniqueTokens = 20e9
        let lines = try request.run(madeBy: nil).text()
        #expect(lines.count <= 24)
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
    }

    @Test("the table is what fit reads once the losses are filled in, and the fit finds the law again")
    func table() throws {
        let report = try Self.request().run()
        let law = try SoftChinchillaLaw().compiled()
        var lines = report.csv.split(separator: "\n").map(String.init)
        #expect(lines.count == report.design.runs.count + 1)
        for (index, run) in report.design.runs.enumerated() {
            lines[index + 1] += "\(try law.loss(parameters: run.parameters, tokens: run.tokens))"
        }
        let folder = try TemporaryFolder()
        let path = try folder.write(lines.joined(separator: "\n") + "\n", to: "runs.csv")
        let runs = try RunTableReader().read(Array(try InputFile(path: path).bytes))
        #expect(runs.count == report.design.runs.count)
        #expect(runs.varyingColumns == [])
        let fit = try LawFitter(SoftChinchillaLaw()).fit(runs)
        for run in report.design.runs {
            let again = try fit.compiled.loss(parameters: run.parameters, tokens: run.tokens)
            let loss = try law.loss(parameters: run.parameters, tokens: run.tokens)
            #expect(abs(again / loss - 1) < 0.002)
        }
    }

    @Test("dollars and hours are those of a calculation by hand")
    func money() throws {
        var request = DesignRequest()
        request.truths = 20
        request.budget.gpu = "h100"
        request.budget.mfu = 0.4
        request.budget.dollarsPerGPUHour = 2
        request.budget.dollars = 2_000
        let report = try request.run()
        // 989.4e12 FLOP/s · 0.4 · 3,600 s = 1.4247e18 FLOPs an hour, 1,000 of which cost 2,000 dollars.
        let perHour = try AcceleratorTable.standard.accelerator(named: "h100").peakFLOPs * 0.4 * 3_600
        #expect(abs(report.design.question.budget / (1_000 * perHour) - 1) < 1e-12)
        let dollars = try #require(report.cluster?.expense(of: report.design.compute).dollars)
        #expect(abs(dollars - report.design.compute / perHour * 2) < 1e-9 * dollars)
        #expect(dollars <= 2_000)
    }

    @Test("pilots of the mixture take their share, and the command that plans them is printed")
    func pilots() throws {
        let folder = try TemporaryFolder()
        var request = Self.request()
        request.supply = SupplyRequest(
            path: try folder.write("source,unique_tokens\nweb,20e9\nbooks,5e9\n", to: "sources.csv"))
        request.pilotShare = 0.2
        let report = try request.run()
        let pilots = try #require(report.pilots)
        #expect(pilots.runs == PilotPlan.fewestRuns(sources: 2))
        #expect(pilots.flops <= 0.2e21 * 1.03)
        #expect(pilots.tokens / pilots.parameters > 19 && pilots.tokens / pilots.parameters < 101)
        #expect(report.design.compute <= 0.8e21)
        #expect(pilots.command.contains("datawall pilots"))
        #expect(report.design.question.law.card.identifier == "bounded-log")
    }

    @Test("a law without repetition over data that run out says so")
    func lawWithoutRepetition() throws {
        var request = Self.request()
        request.law = "chinchilla-soft"
        request.supply.uniqueTokens = 20e9
        let report = try request.run()
        #expect(report.notes.count == 1)
        #expect(report.design.runs.allSatisfy { !$0.repeatsData })
    }

    @Test("requests that cannot be are refused in a sentence that says what to do")
    func refusals() throws {
        #expect(throws: RequestError.self) { try DesignRequest().run() }
        var unknown = Self.request()
        unknown.law = "chinchila-soft"
        #expect(throws: LawError.self) { try unknown.run() }
        var exact = Self.request()
        exact.model.countsExactly = true
        #expect(throws: RequestError.self) { try exact.run() }
        var share = Self.request()
        share.pilotShare = 0.95
        #expect(throws: RequestError.self) { try share.run() }
        share.pilotShare = 0.2
        #expect(throws: RequestError.self) { try share.run() }
    }
}
