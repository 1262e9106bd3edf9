import DataMixing
import Muennighoff
import ScalingLaws
import Testing

@Suite struct PilotPlanTests {
    static func supply() throws -> DataSupply {
        try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 1000e9), SourceSupply(name: "code", uniqueTokens: 100e9),
            SourceSupply(name: "maths", uniqueTokens: 10e9),
        ])
    }

    @Test("subsamples of the horizon's share keep the epochs of the target run")
    func repetition() throws {
        let plan = try PilotPlan(for: Self.supply(), tokens: 1200e9, horizon: 1.0 / 16)
        #expect(plan.subsamples == [62.5e9, 6.25e9, 0.625e9])
        #expect(plan.runs.count == 12)
        for run in plan.runs {
            #expect(abs(run.weights.reduce(0, +) - 1) < 1e-12)
            for index in 0..<3 {
                let pilot = run.weights[index] * plan.pilotTokens / plan.subsamples[index]
                #expect(abs(pilot - run.epochs[index]) < 1e-9)
                #expect(run.epochs[index] <= 24 * (1 + 1e-9))
            }
        }
        #expect(Set(plan.runs.map(\.weights)).count == 12)
        #expect(try PilotPlan(for: Self.supply(), tokens: 1200e9, horizon: 1.0 / 16) == plan)
    }

    @Test("every pilot keeps caps and floors, and limits that no weights keep are refused")
    func limits() throws {
        let sources = [
            SourceSupply(name: "web", uniqueTokens: 1000e9),
            SourceSupply(name: "code", uniqueTokens: 100e9, floor: 0.2),
            SourceSupply(name: "maths", uniqueTokens: 10e9, maxEpochs: 3),
        ]
        for run in try PilotPlan(for: DataSupply(sources: sources), tokens: 500e9, horizon: 0.1, runs: 40).runs {
            #expect(run.weights[1] >= 0.2 - 1e-12 && run.epochs[2] <= 3 * (1 + 1e-9), "\(run)")
            #expect(abs(run.weights.reduce(0, +) - 1) < 1e-12)
        }
        #expect(throws: MixtureError.self) {
            let capped = sources.map { SourceSupply(name: $0.name, uniqueTokens: $0.uniqueTokens, maxEpochs: 1) }
            _ = try PilotPlan(for: DataSupply(sources: capped), tokens: 2000e9, horizon: 0.1)
        }
    }

    @Test("horizons and numbers of runs that cannot be are refused")
    func refusals() throws {
        for horizon in [0, -1, 1.1, .nan] {
            #expect(throws: MixtureError.self) {
                try PilotPlan(for: Self.supply(), tokens: 1e12, horizon: horizon)
            }
        }
        #expect(throws: MixtureError.self) { try PilotPlan(for: Self.supply(), tokens: 1e12, horizon: 1, runs: 0) }
        #expect(throws: MixtureError.self) {
            try PilotPlan(for: DataSupply(uniqueTokens: 1e12), tokens: 1e12, horizon: 1)
        }
    }

    // 1 + R* ln τ as long as the rest is read once at most (derived from the curve's slope).
    @Test("a scarce target is repeated 1 + R* ln τ times, and the answer is a range")
    func scarceTarget() throws {
        let question = try MixtureQuestion(
            supply: Self.supply(), tokens: 1000e9, curve: MuennighoffCurve().compiled(), cap: nil)
        let study = try ScarceTargetStudy(of: "maths", in: question)
        let decay = try MuennighoffCurve().compiled().coefficients[0]
        for row in study.rows where row.share < 0.9 {
            #expect(abs(row.epochs - (1 + decay * Elementary.log(row.value))) < 1e-6)
            let range = try #require(row.epochsRange)
            #expect(range.lowerBound < row.epochs && row.epochs < range.upperBound)
        }
        #expect(study.rows.count == ScarceTargetStudy.values.count)
        #expect(throws: MixtureError.self) { try ScarceTargetStudy(of: "physics", in: question) }
    }
}
