import DataWallKit
import Foundation
import TestSupport
import Testing

/// The numbers of the guide "From Kaplan to Chinchilla".
@Suite struct KaplanToChinchillaTests {
    private let models = ModelCatalog.standard

    private func exponent(_ law: String, _ flops: Double) throws -> Double {
        let law = try models.law(law).compiled()
        let step = 1.01
        let below = try #require(ComputeFrontier.best(law, compute: flops / step)).parameters
        let above = try #require(ComputeFrontier.best(law, compute: flops * step)).parameters
        return Elementary.log(above / below) / (2 * Elementary.log(step))
    }

    @Test(
        "without embeddings the exponent falls from Kaplan's to Chinchilla's",
        arguments: [(1e17, 0.79), (1e18, 0.60), (1e19, 0.52), (1e22, 0.463), (1e26, 0.457)])
    func embeddings(flops: Double, expected: Double) throws {
        #expect(abs(try exponent("pearce-song", flops) - expected) < 0.006)
        // β/(α + β) with the constants of Hoffmann et al.
        #expect(abs(try exponent("chinchilla", flops) - 0.2849083 / (0.3391708 + 0.2849083)) < 1e-4)
    }

    @Test(
        "constants of one law give models from 32B to 72B at Gopher's compute",
        arguments: [("chinchilla", 40.36e9), ("besiroglu", 72.2e9), ("chinchilla-rounded", 32.2e9)])
    func constants(law: String, parameters: Double) throws {
        var request = PlanRequest(budget: BudgetRequest(flops: 5.76e23))
        request.laws = [law]
        guard case .plan(let plan, _) = try request.run() else { return }
        #expect(abs(plan.recommended.parameters / parameters - 1) < 2e-3)
    }

    @Test("a mean over runs has the optimum of the sum")
    func averaging() throws {
        let folder = try TemporaryFolder()
        let table = try String(contentsOf: PackageFolder.dataset("synthetic/runs.csv"), encoding: .utf8)
        let lines = table.split(separator: "\n")
        let weighted = lines.enumerated().map { "\($0.element),\($0.offset == 0 ? "weight" : "0.004")\n" }.joined()
        func fit(_ table: String, _ name: String) throws -> [String: Double] {
            var request = FitRequest(runs: try folder.write(table, to: name), laws: ["chinchilla"])
            request.analysis.bootstrap = nil
            request.analysis.backtests = false
            if name == "averaged.csv" { request.table.columns.weight = "weight" }
            let card = try request.run().law.card
            return Dictionary(uniqueKeysWithValues: card.coefficients.map { ($0.name, $0.value ?? .nan) })
        }
        let (sum, mean) = (try fit(table, "runs.csv"), try fit(weighted, "averaged.csv"))
        for (name, value) in sum { #expect(abs(try #require(mean[name]) / value - 1) < 1e-3) }
    }
}
