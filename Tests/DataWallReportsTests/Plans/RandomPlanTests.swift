import BuiltInModels
import ComputeOptimal
import DataWallReports
import Foundation
import OrderedJSON
import Quantities
import ScalingLaws
import Testing
import TrainingPlanning

/// The three ways in which a plan is shown, on random questions with random limits.
@Suite struct RandomPlanTests {
    private static let laws = ModelCatalog.standard.laws

    /// The laws that decide, with some of their draws: what is shown does not depend on how many there are.
    private static let planner = Planner(laws: SamplePlan.decidingLaws(draws: 12), objective: MinimumLoss())

    private static func plan(_ random: inout SeededGenerator) throws -> Plan? {
        let supply = try DataSupply(uniqueTokens: random.logUniform(1e8...3e13))
        let flops = random.logUniform(1e18...1e27)
        var constraints = PlanConstraints(minTokensPerParameter: random.uniform(0, 1) < 0.5 ? 5 : random.uniform(1, 30))
        if random.uniform(0, 1) < 0.3 { constraints.maxEpochs = random.logUniform(0.5...100) }
        if random.uniform(0, 1) < 0.3 { constraints.maxParameters = random.logUniform(1e8...1e12) }
        if random.uniform(0, 1) < 0.2 { constraints.minParameters = random.logUniform(1e7...1e11) }
        if random.uniform(0, 1) < 0.2 { constraints.sizes = (0..<4).map { _ in random.logUniform(1e8...1e12) } }
        do {
            return try planner.plan(supply, within: .flops(flops), constraints: constraints)
        } catch {
            switch error {
            case .infeasible, .contradiction: return nil
            default: throw error
            }
        }
    }

    @Test("terminal, file and page show the same run, the same doubt and the same status, and no number is missing")
    func alike() throws {
        var random = SeededGenerator(seed: 4_711)
        let isSoak = ProcessInfo.processInfo.environment["DATAWALL_SOAK"] != nil
        for number in 0..<(isSoak ? 3_000 : 2) {
            guard let plan = try Self.plan(&random) else { continue }
            let run = plan.recommended
            let file = PlanFile(plan)
            let json = file.json
            #expect(json["recommended"]?["parameters"]?.number == run.parameters, "question \(number)")
            #expect(json["recommended"]?["tokens"]?.number == run.tokens, "question \(number)")
            #expect(json["recommended"]?["epochs"]?.number == run.epochs, "question \(number)")
            #expect(json["status"] == .string(plan.status.rawValue), "question \(number)")
            #expect(try PlanFile(parsing: Array(json.fileText().utf8)) == file, "question \(number)")
            let text = (plan.text() + plan.explanation()).joined(separator: "\n")
            let page = Report(parts: [.plan(file, name: "plan.json")], laws: Self.laws.models).html()
            var shown = [
                Quantity.short(run.parameters), Quantity.short(run.tokens), Quantity.short(run.epochs),
                plan.status.rawValue.replacingOccurrences(of: "_", with: " "),
            ]
            if let range = run.parametersInterval { shown.append(Quantity.range(range, Quantity.short)) }
            for value in shown {
                #expect(text.contains(value), "question \(number): \(value) is not in the text")
                #expect(page.contains(value), "question \(number): \(value) is not on the page")
            }
            for word in ["nan", "NaN", "inf ", "Optional("] {
                #expect(!text.contains(word) && !page.contains(word), "question \(number): \(word)")
            }
        }
    }
}
