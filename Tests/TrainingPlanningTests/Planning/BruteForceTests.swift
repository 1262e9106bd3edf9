import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing

@testable import TrainingPlanning

/// The planner next to a search that knows nothing of slopes, for each law and each objective.
@Suite struct BruteForceTests {
    /// A law with coefficients drawn at random, and the numbers from which its question is drawn on.
    private struct Problem {
        let number: Int
        let seed: UInt64
        let law: any ScalingLaw
        let compiled: CompiledLaw
        var random: SeededGenerator

        init(_ number: Int, seed: UInt64, kind: Int, _ random: SeededGenerator) throws {
            self.number = number
            self.seed = seed
            var random = random
            law =
                switch kind {
                case 1:
                    MuennighoffLaw().withoutSets
                        .with(values: ["RD": random.uniform(3, 60), "RN": random.uniform(1, 20)])
                case 2:
                    LovelaceLaw().withoutSets.with(values: [
                        "P": random.uniform(0.01, 0.3), "delta": random.uniform(0.15, 1.5),
                        "kappa": random.uniform(0.2, 1),
                    ])
                default: ChinchillaLaw(random.uniform(0, 1) < 0.5 ? .besiroglu : .sardana).withoutSets
                }
            compiled = try law.compiled()
            self.random = random
        }

        /// A random question of cost at a target loss that some run within reach has.
        mutating func targetQuestion() throws -> (unique: Double, served: Double, target: Double) {
            let unique = random.logUniform(1e9...1e12)
            let served = random.logUniform(1e9...1e14)
            let target = try compiled.loss(
                parameters: Elementary.exp(random.uniform(20, 24)), tokens: unique * random.uniform(0.3, 3),
                uniqueTokens: unique)
            return (unique, served, target)
        }

        func describe(_ found: Recommendation, _ brute: GridSearch.Point) -> Comment {
            Comment(
                rawValue:
                    "problem \(number) of seed \(seed): found N \(found.parameters) D \(found.tokens) cost "
                    + "\(found.cost), brute force N \(brute.parameters) D \(brute.tokens) cost \(brute.cost)")
        }
    }

    /// Asks the random problems of one part of a law's.
    private static func forEachProblem(
        kind: Int, part: Int, seed: Int, _ ask: (inout Problem) throws -> Void
    ) throws {
        let seed = UInt64(seed + 10 * part + kind)
        var random = SeededGenerator(seed: seed)
        for number in 0..<(GridSearch.problems / 4) {
            var problem = try Problem(number, seed: seed, kind: kind, random)
            try ask(&problem)
            random = problem.random
        }
    }

    @Test(
        "the lowest loss is no worse than brute force, for random budgets, supplies, limits and laws",
        arguments: GridSearch.parts)
    func minimumLoss(kind: Int, part: Int) throws {
        try Self.forEachProblem(kind: kind, part: part, seed: 20_261_121) { problem in
            let compiled = problem.compiled
            let flops = problem.random.logUniform(1e19...1e25)
            let unique = problem.random.logUniform(1e8...1e12)
            let cap = problem.random.uniform(0, 1) < 0.3 ? problem.random.uniform(1, 20) : nil
            let most = problem.random.uniform(0, 1) < 0.3 ? Elementary.exp(problem.random.uniform(18, 25)) : nil
            let ratio = problem.random.uniform(0, 1) < 0.5 ? 5.0 : problem.random.uniform(0.1, 30)
            let found = try Planner(law: problem.law, objective: MinimumLoss()).plan(
                DataSupply(uniqueTokens: unique), within: .flops(flops),
                constraints: PlanConstraints(maxParameters: most, maxEpochs: cap, minTokensPerParameter: ratio)
            ).recommended
            let mostTokens = cap.map { $0 * unique } ?? .infinity
            // A little inside of each limit, so that rounding does not push a point out.
            let brute = GridSearch(
                cells: GridSearch.cells, x: 9...Swift.min(30, most.map { Elementary.log($0) } ?? 30), y: 12...42,
                kink: Elementary.log(unique),
                lines: [
                    { Elementary.log(flops / 6) - $0 - 1e-12 }, { $0 + Elementary.log(ratio) + 1e-12 },
                    { _ in cap.map { Elementary.log($0 * unique) - 1e-12 } ?? -1 },
                ]
            ) { parameters, tokens in
                guard 6 * parameters * tokens <= flops, tokens >= ratio * parameters, tokens <= mostTokens else {
                    return .infinity
                }
                return (try? compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique))
                    ?? .infinity
            }.lowest()
            let context = problem.describe(found, brute)
            #expect(found.knownLoss <= brute.cost + 1e-9, context)
            #expect(found.knownLoss >= brute.cost - 1e-6, context)
            #expect(found.flops <= flops * (1 + 1e-9), context)
            #expect(found.tokensPerParameter >= ratio * (1 - 1e-9), context)
        }
    }

    /// The lowest cost of the form a·N·D + b·N over runs that reach a target loss.
    private static func lowest(
        _ compiled: CompiledLaw, unique: Double, target: Double, perProduct: Double, perParameter: Double
    ) -> GridSearch.Point {
        GridSearch(
            cells: GridSearch.cells, x: 12...32, y: 12...38, kink: Elementary.log(unique),
            lines: [{ $0 + Elementary.log(0.1) + 1e-12 }]
        ) { parameters, tokens in
            guard tokens >= 0.1 * parameters,
                let loss = try? compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique),
                loss <= target
            else { return .infinity }
            return perProduct * parameters * tokens + perParameter * parameters
        }.lowest()
    }

    @Test("the least total compute at a target loss is no worse than brute force", arguments: GridSearch.parts)
    func minimumTotalFLOPs(kind: Int, part: Int) throws {
        try Self.forEachProblem(kind: kind, part: part, seed: 97) { problem in
            let (unique, served, target) = try problem.targetQuestion()
            let found = try Planner(law: problem.law, objective: MinimumTotalFLOPs()).plan(
                DataSupply(uniqueTokens: unique),
                constraints: PlanConstraints(minTokensPerParameter: 0.1, targetLoss: target),
                terms: PlanTerms(inferenceTokens: served)
            ).recommended
            let brute = Self.lowest(
                problem.compiled, unique: unique, target: target, perProduct: 6, perParameter: 2 * served)
            let context = problem.describe(found, brute)
            #expect(found.cost <= brute.cost * (1 + 1e-9), context)
            #expect(found.cost >= brute.cost * (1 - 1e-5), context)
            #expect(found.knownLoss <= target + 1e-9, context)
        }
    }

    @Test("the least money at a target loss is no worse than brute force", arguments: GridSearch.parts)
    func minimumDollars(kind: Int, part: Int) throws {
        try Self.forEachProblem(kind: kind, part: part, seed: 311) { problem in
            let (unique, served, target) = try problem.targetQuestion()
            let training = problem.random.logUniform(1e-19...1e-16)
            let serving = training * problem.random.uniform(0.5, 50)
            let plan = try Planner(law: problem.law, objective: MinimumDollars()).plan(
                DataSupply(uniqueTokens: unique),
                constraints: PlanConstraints(minTokensPerParameter: 0.1, targetLoss: target),
                terms: PlanTerms(inferenceTokens: served, trainingPrice: training, servingPrice: serving))
            let found = plan.recommended
            let brute = Self.lowest(
                problem.compiled, unique: unique, target: target, perProduct: 6 * training,
                perParameter: 2 * served * serving)
            let context = problem.describe(found, brute)
            #expect(found.cost <= brute.cost * (1 + 1e-9), context)
            #expect(found.cost >= brute.cost * (1 - 1e-5), context)
            #expect(found.knownLoss <= target + 1e-9, context)
            let spent = try #require(plan.trainingDollars) + (try #require(plan.servingDollars))
            #expect(abs(spent / found.cost - 1) < 1e-9, context)
        }
    }

    @Test(
        "the least loss plus weighted cost is no worse than brute force, with and without serving",
        arguments: GridSearch.parts)
    func lossPlusCost(kind: Int, part: Int) throws {
        try Self.forEachProblem(kind: kind, part: part, seed: 733) { problem in
            let compiled = problem.compiled
            let unique = problem.random.logUniform(1e9...1e12)
            let price = problem.random.logUniform(1e-19...1e-16)
            let weight = problem.random.logUniform(1e-9...1e-6)
            let served: Double? = problem.number.isMultiple(of: 2) ? nil : 1e12
            let found = try Planner(law: problem.law, objective: MinimumLossPlusCost()).plan(
                DataSupply(uniqueTokens: unique),
                terms: PlanTerms(
                    inferenceTokens: served, trainingPrice: price, servingPrice: served.map { _ in 3 * price },
                    costWeight: weight)
            ).recommended
            let brute = GridSearch(
                cells: GridSearch.cells, x: 12...32, y: 14...38, kink: Elementary.log(unique),
                lines: [{ $0 + Elementary.log(5) + 1e-12 }]
            ) { parameters, tokens in
                guard tokens >= 5 * parameters,
                    let loss = try? compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)
                else { return .infinity }
                return loss + weight * price * (6 * parameters * tokens + 3 * 2 * parameters * (served ?? 0))
            }.lowest()
            let context = problem.describe(found, brute)
            #expect(found.cost <= brute.cost + 1e-9, context)
            #expect(found.cost >= brute.cost - 1e-6, context)
        }
    }

    @Test("members of ensembles plan as brute force does: 20 drawn from each", arguments: [0, 1])
    func members(index: Int) throws {
        let laws: [any ScalingLaw] = [MuennighoffLaw(), LovelaceLaw()]
        let law = laws[index]
        var random = SeededGenerator(seed: 41 + UInt64(index))
        let unique = 25e9
        let supply = try DataSupply(uniqueTokens: unique)
        let asked = try PlanningQuestion(
            planner: Planner(law: law, objective: MinimumLoss()), supply: supply, budget: .flops(1e22),
            constraints: PlanConstraints(), terms: PlanTerms())
        let question = try asked.question(to: law)
        let best = try question.basins()[0]
        for _ in 0..<(isSoak ? 200 : 20) {
            let drawn = Swift.min(
                Int(random.uniform(0, Double(law.card.ensemble.count))), law.card.ensemble.count - 1)
            let values = law.card.ensemble[drawn]
            let own = try #require(try question.ownOptima([values], around: best).first)
            let compiled = try CompiledLaw(law, coefficients: values)
            let brute = GridSearch(
                cells: 100, x: 16...28, y: 20...34, kink: Elementary.log(unique),
                lines: [{ Elementary.log(1e22 / 6) - $0 - 1e-12 }, { $0 + Elementary.log(5) + 1e-12 }]
            ) { parameters, tokens in
                guard 6 * parameters * tokens <= 1e22, tokens >= 5 * parameters else { return .infinity }
                return (try? compiled.loss(parameters: parameters, tokens: tokens, uniqueTokens: unique)) ?? .infinity
            }.lowest()
            let loss = Elementary.exp(own.cost)
            #expect(loss <= brute.cost + 1e-8, "member \(drawn) of \(law.card.identifier)")
            #expect(loss >= brute.cost - 1e-6, "member \(drawn) of \(law.card.identifier)")
        }
    }
}
