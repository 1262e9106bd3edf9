import BuiltInModels
import ComputeOptimal
import ScalingLaws
import Testing

@testable import TrainingPlanning

/// Random questions with random limits to the families that decide.
@Suite struct RandomQuestionTests {
    private struct Question {
        var unique: Double
        var flops: Double
        var constraints: PlanConstraints

        init(_ random: inout SeededGenerator) {
            unique = random.logUniform(1e8...3e13)
            flops = random.logUniform(1e18...1e27)
            constraints = PlanConstraints(minTokensPerParameter: random.uniform(0, 1) < 0.5 ? 5 : random.uniform(1, 30))
            if random.uniform(0, 1) < 0.3 { constraints.maxEpochs = random.logUniform(0.5...100) }
            if random.uniform(0, 1) < 0.3 { constraints.maxParameters = random.logUniform(1e8...1e12) }
            if random.uniform(0, 1) < 0.2 { constraints.minParameters = random.logUniform(1e7...1e11) }
            if random.uniform(0, 1) < 0.2 { constraints.sizes = (0..<4).map { _ in random.logUniform(1e8...1e12) } }
        }

        func isKept(by run: Recommendation) -> Bool {
            let slack = 1 + 1e-9
            return run.flops <= flops * slack && run.tokensPerParameter * slack >= constraints.minTokensPerParameter
                && run.epochs <= (constraints.maxEpochs ?? .infinity) * slack
                && run.parameters <= (constraints.maxParameters ?? .infinity) * slack
                && run.parameters * slack >= constraints.minParameters ?? 0
                && (constraints.sizes.isEmpty || constraints.sizes.contains(run.parameters))
        }
    }

    @Test("every limit is held, nothing is not a number, and a question without an answer says the nearest value")
    func limits() throws {
        var random = SeededGenerator(seed: 2_026)
        for number in 0..<(isSoak ? 3_000 : 100) {
            let question = Question(&random)
            let supply = try DataSupply(uniqueTokens: question.unique)
            do {
                let run = try FamilyPlanTests.planner.run(
                    supply, within: .flops(question.flops), constraints: question.constraints)
                #expect(question.isKept(by: run), "question \(number): \(question) \(run)")
                #expect(run.cost.isFinite && run.tokens.isFinite && run.parameters.isFinite)
            } catch {
                switch error {
                case .infeasible(_, let nearest): #expect(nearest.map { $0.isFinite && $0 > 0 } ?? true)
                case .contradiction: break
                default: Issue.record("question \(number): \(error)")
                }
            }
        }
    }

    @Test("plans of random questions hold their ranges, and no run beats a draw's own best")
    func plans() throws {
        var random = SeededGenerator(seed: 77)
        for number in 0..<(isSoak ? 300 : 4) {
            let question = Question(&random)
            let supply = try DataSupply(uniqueTokens: question.unique)
            guard
                let plan = try? FamilyPlanTests.planner.plan(
                    supply, within: .flops(question.flops), constraints: question.constraints)
            else { continue }
            let run = plan.recommended
            #expect(run.parametersInterval?.contains(run.parameters) ?? true, "question \(number)")
            #expect(run.tokensInterval?.contains(run.tokens) ?? true, "question \(number)")
            #expect(run.epochsInterval?.contains(run.epochs) ?? true, "question \(number)")
            #expect(plan.families.allSatisfy { $0.excess >= 0 && $0.excess.isFinite }, "question \(number)")
            for family in plan.families {
                #expect(family.parametersInterval?.contains(family.parameters) ?? true, "question \(number)")
                if let interval = family.lossInterval, let loss = family.loss {
                    #expect(interval.contains(loss), "question \(number)")
                }
            }
        }
    }

    @Test("the run is that of brute force under the same rule")
    func bruteForce() throws {
        // Thinned draws keep the grid affordable: the rule is the same.
        let laws: [any ScalingLaw] = ModelCatalog.standard.decidingLaws.map { law in
            law.with(ensemble: stride(from: 0, to: 100, by: 4).map { law.card.ensemble[$0] })
        }
        var random = SeededGenerator(seed: 5)
        for number in 0..<(isSoak ? 200 : 3) {
            let unique = random.logUniform(1e9...1e13)
            let flops = random.logUniform(1e20...1e26)
            let planner = Planner(laws: laws, objective: MinimumLoss())
            let supply = try DataSupply(uniqueTokens: unique)
            let run = try planner.run(supply, within: .flops(flops))
            // The weights are fixed before the search; how, the tests of votes and of budgets that do not bind say.
            let question = try PlanningQuestion(
                planner: planner, supply: supply, budget: ComputeBudget.flops(flops), constraints: PlanConstraints(),
                terms: PlanTerms())
            var votes = try question.answers(.coarse).answers
            _ = try question.decide(&votes)
            var draws: [(weight: Double, law: CompiledLaw)] = []
            for (law, vote) in zip(laws, votes) {
                let compiled = try law.compiled()
                for values in law.card.ensemble {
                    draws.append(
                        (vote.weight / Double(law.card.ensemble.count), try compiled.with(coefficients: values)))
                }
            }
            func mean(_ parameters: Double, _ tokens: Double) throws -> Double {
                try draws.reduce(0) { sum, draw in
                    sum + draw.weight
                        * Elementary.log(
                            try draw.law.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique))
                }
            }
            let found = try mean(run.parameters, run.tokens)
            #expect(abs(found - run.cost) < 1e-10)
            func priced(_ mean: Double, _ parameters: Double, _ tokens: Double) -> Double {
                mean + DecisionRule.thrift * Elementary.log(parameters * tokens)
            }
            let least = priced(found, run.parameters, run.tokens)
            // Columns from the largest size allowed down, rows from the budget's edge down, and one epoch.
            let largest = Elementary.log((flops / 30).squareRoot())
            for column in 0...24 {
                let parameters = Elementary.exp(largest - 0.4 * Double(column))
                let most = flops / (6 * parameters)
                var rows = (0...24).map { most * Elementary.exp(-0.4 * Double($0)) }
                rows.append(unique)
                for tokens in rows where tokens <= most && tokens >= 5 * parameters {
                    let cost = priced(try mean(parameters, tokens), parameters, tokens)
                    #expect(cost >= least - 1e-9, "question \(number)")
                }
            }
        }
    }
}
