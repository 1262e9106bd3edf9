import BuiltInModels
import ComputeOptimal
import ScalingLaws
import Testing

@testable import TrainingPlanning

/// Sanity over the plane of unique tokens and compute: 1e8 to 3e13 tokens by 1e18 to 1e27 FLOPs.
@Suite struct PlaneTests {
    private static func unique(_ index: Int) -> Double { 1e8 * Elementary.pow(3e5, Double(index) / 39) }
    private static func flops(_ index: Int) -> Double { 1e18 * Elementary.pow(1e9, Double(index) / 39) }

    private static func run(_ column: Int, _ row: Int) throws -> Recommendation {
        try FamilyPlanTests.planner.run(
            DataSupply(uniqueTokens: unique(column)), within: .flops(flops(row)))
    }

    private static func compare(_ a: Recommendation, _ b: Recommendation, _ place: String) {
        func factor(_ x: Double, _ y: Double) -> Double { Swift.max(x / y, y / x) }
        #expect(factor(a.parameters, b.parameters) < 2, "\(place): \(a.parameters) to \(b.parameters)")
        #expect(factor(a.tokens, b.tokens) < 2, "\(place): \(a.tokens) to \(b.tokens)")
        #expect(b.tokensPerParameter >= 5 * (1 - 1e-9), "\(place)")
    }

    @Test("size and tokens change by less than a factor of 2 from point to neighbour, along three lines")
    func lines() throws {
        for row in [8, 20, 33] {
            var before: Recommendation?
            // Every neighbour with DATAWALL_SOAK in the test of the plane; here those of every fourth point.
            for column in 0..<40 where column % 4 < 2 {
                let run = try Self.run(column, row)
                if let before, column % 4 == 1 { Self.compare(before, run, "U \(column), C \(row)") }
                before = run
            }
        }
        for column in [5, 22, 36] {
            var before: Recommendation?
            for row in 0..<40 where row % 4 < 2 {
                let run = try Self.run(column, row)
                if let before, row % 4 == 1 { Self.compare(before, run, "U \(column), C \(row)") }
                before = run
            }
        }
    }

    @Test("and over the whole plane", .enabled(if: isSoak))
    func plane() throws {
        var before: [Recommendation] = []
        for column in 0..<40 {
            var runs: [Recommendation] = []
            for row in 0..<40 {
                let run = try Self.run(column, row)
                if row > 0 { Self.compare(runs[row - 1], run, "U \(column), C \(row)") }
                if column > 0 { Self.compare(before[row], run, "U \(column), C \(row)") }
                runs.append(run)
            }
            before = runs
        }
    }

    @Test("a budget that does not bind changes nothing", arguments: [1e8, 25e9])
    func unbound(unique: Double) throws {
        let planner = FamilyPlanTests.planner
        let supply = try DataSupply(uniqueTokens: unique)
        let runs = try [1e24, 1e25, 1e27].map { try planner.run(supply, within: .flops($0)) }
        for run in runs {
            #expect(abs(run.parameters / runs[0].parameters - 1) < 1e-3)
            #expect(abs(run.tokens / runs[0].tokens - 1) < 1e-3)
        }
        // And where it begins to bind nothing jumps.
        let spent = runs[0].flops
        let below = try planner.run(supply, within: .flops(spent * 0.98))
        let above = try planner.run(supply, within: .flops(spent * 1.02))
        #expect(abs(Elementary.log(below.parameters / above.parameters)) < 0.03)
        #expect(abs(Elementary.log(below.tokens / above.tokens)) < 0.05)
    }

    @Test("with the weights of the smaller question held, a larger one has no higher expected loss")
    func monotone() throws {
        let laws = ModelCatalog.standard.decidingLaws
        for (unique, flops) in [(1e9, 1e20), (25e9, 1e22), (3e11, 1e24), (15e12, 1e26)] {
            let weights = FamilyVote.votes(of: laws.map(\.card), compute: flops, uniqueTokens: unique).map(\.weight)
            func lowest(_ unique: Double, _ flops: Double) throws -> Double {
                let questions = try laws.map { law throws in
                    try PlanningQuestion(
                        planner: FamilyPlanTests.planner, supply: DataSupply(uniqueTokens: unique),
                        budget: .flops(flops), constraints: PlanConstraints(), terms: PlanTerms()
                    ).question(to: law)
                }
                let families = try FamilySurface(
                    questions, draws: laws.map { Array($0.card.ensemble.prefix(20)) }, weights: weights)
                let starts = try questions.map { try #require($0.lowest()) }
                return try #require(families.surface.lowest(families.search, starts: starts)).cost
            }
            let here = try lowest(unique, flops)
            #expect(try lowest(unique * 1.5, flops) <= here + 1e-10)
            #expect(try lowest(unique, flops * 1.5) <= here + 1e-10)
            #expect(try lowest(unique * 10, flops * 10) <= here + 1e-10)
        }
    }
}
