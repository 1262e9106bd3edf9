import DataWallKit
import Foundation

/// The Swift of the documentation's pages, compiled; `DocumentedSwiftTests` holds the pages to it.
///
/// It reads folders of its own, so it is not run here: `AuditorTests`, `PlanReportTests` and others run what it calls.
enum PageExamples {
    private struct CorpusRefused: Error {
        var reason: String
    }

    static func readme() async throws {
        let corpus = try Corpus(paths: ["shards"])
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        print(audit.totals.uniqueTokens, audit.totals.hiddenEpochs)
    }

    static func landingPage() async throws {
        let corpus = try Corpus(paths: ["shards"])
        let audit = try await Auditor(options: AuditOptions(tokenizer: ByteRatioCounter())).audit(corpus)
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        let plan = try planner.plan(DataSupply(audit), within: .flops(1e16))
        print(plan.recommended.parameters, plan.recommended.epochs)
    }

    static func landingPageRequest() throws {
        var request = PlanRequest(supply: SupplyRequest(path: "audit.json"), budget: BudgetRequest(flops: 1e22))
        request.constraints.maxEpochs = 4
        print(try request.run().text().joined(separator: "\n"))
    }

    static func pipeline(folder: URL) async throws {
        let corpus = try Corpus(paths: ["shards"])
        var options = AuditOptions(tokenizer: try ByteRatioCounter())
        options.threads = 2
        options.memory = 256 << 20
        let audit = try await Auditor(options: options).audit(corpus)
        for source in audit.sources {
            print(source.name, source.ownedUniqueTokens, source.hiddenEpochs)
        }

        let supply = try DataSupply(audit)
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())
        let plan = try planner.plan(supply, within: .flops(1e16))
        if let epochs = plan.recommended.epochsInterval {
            print("between", epochs.lowerBound, "and", epochs.upperBound, "epochs")
        }

        try Data(audit.json.fileText().utf8).write(to: folder.appendingPathComponent("audit.json"))
        let planFile = PlanFile(plan)
        let report = Report(
            title: "The spring run", parts: [.audit(audit, name: "audit.json"), .plan(planFile, name: "plan.json")],
            laws: ModelCatalog.standard.laws.models)
        try Data(report.html().utf8).write(to: folder.appendingPathComponent("report.html"))

        let worst = audit.sources.map(\.hiddenEpochs).max() ?? 1
        guard worst < 4, audit.damagedShare < 1e-6 else {
            throw CorpusRefused(reason: "a source repeats itself \(worst) times over")
        }
    }

    private struct Document {
        var text: String
        var source: String
        var score: Double
    }

    private static func pushed(documents: [Document]) async throws {
        let builder = AuditBuilder(options: AuditOptions(tokenizer: try ByteRatioCounter()), folder: "runs")
        let attempt = try builder.attempt(1, at: "part-0007")
        for document in documents {
            try attempt.add(document.text, source: document.source, quality: document.score)
        }
        try attempt.finish()
        let pushed = try await builder.audit()
        print(pushed.totals.uniqueTokens)
    }

    static func mixture(supply: DataSupply) throws {
        let question = try MixtureQuestion(
            supply: supply, tokens: 1.2e12, curve: MuennighoffCurve().compiled(), pull: .standard)
        let methods = ModelCatalog.standard.mixtures
        let comparison = try MixtureComparison(
            question, following: methods.model(named: "effective-data"), beside: methods.models)
        for source in comparison.chosen.sources {
            print(source.source.name, source.weight, source.epochs)
        }
    }
}
