import BuiltInModels
import ComputeOptimal
import DataMixing
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct RunComparisonTests {
    private static let planner = Planner(
        laws: ModelCatalog.standard.decidingLaws.map { $0.with(ensemble: Array($0.card.ensemble.prefix(20))) },
        objective: MinimumLoss())

    @Test("two runs take the same compute after so many served tokens, by hand")
    func breakEven() {
        let large = NamedRun(name: "large", parameters: 70e9, tokens: 300e9)
        let small = NamedRun(name: "small", parameters: 13e9, tokens: 2e12)
        // 3 · (70e9 · 300e9 − 13e9 · 2e12)/(13e9 − 70e9).
        #expect(abs((large.breakEven(with: small) ?? 0) / 2.631_578_947e11 - 1) < 1e-9)
        #expect(large.breakEven(with: small) == small.breakEven(with: large))
        // The smaller takes less in training as well: there is nothing to break even.
        #expect(large.breakEven(with: NamedRun(name: "tiny", parameters: 10e9, tokens: 2e12)) == nil)
        #expect(large.breakEven(with: large) == nil)
        #expect(large.flops == 1.26e23 && small.tokensPerParameter == 2e12 / 13e9)
    }

    @Test("time for a token, dollars and the tokens to break even in dollars, by hand")
    func service() throws {
        let large = NamedRun(name: "large", parameters: 70e9, tokens: 300e9)
        let small = NamedRun(name: "small", parameters: 13e9, tokens: 2e12)
        let h100 = try AcceleratorTable.standard.accelerator(named: "h100")
        // 989.4e12 FLOP/s and 3.35e12 bytes/s as the vendor says.
        let peak = h100.peakFLOPs
        #expect(peak / 989.4e12 > 0.99 && peak / 989.4e12 < 1.01 && h100.memoryBandwidth == 3.35e12)
        let terms = PlanTerms(
            inferenceTokens: 1e12, cluster: try TrainingCluster(h100, utilization: 0.4, dollarsPerHour: 2),
            serving: try ServingHardware(h100, utilization: 0.1, dollarsPerHour: 2))
        let service = try RunService(on: h100, devices: 2, bytesPerParameter: 2, terms: terms)
        // 140e9 bytes over 2 · 3.35e12 bytes a second.
        #expect(abs(try #require(service.secondsPerToken(large)) / 0.020_895_522_388 - 1) < 1e-9)
        // 140e9 FLOPs at $2 for 0.1 · peak · 3600 FLOPs.
        let each = 140e9 * 2 / (0.1 * peak * 3_600)
        #expect(abs(try #require(service.dollarsPerToken(large)) / each - 1) < 1e-12)
        let training = 1.26e23 * 2 / (0.4 * peak * 3_600)
        #expect(abs(try #require(service.dollars(large)) / (training + each * 1e12) - 1) < 1e-12)
        // Training is four times cheaper for a FLOP: 3/4 · (70e9 · 300e9 − 13e9 · 2e12)/(13e9 − 70e9).
        let tokens = try #require(service.breakEven(large, with: small))
        #expect(abs(tokens / (2.631_578_947_368e11 / 4) - 1) < 1e-9)
        #expect(service.breakEven(small, with: large) == tokens)
        // At that many tokens both have cost the same.
        let (first, second) = (
            try #require(service.dollarsPerToken(large)) * tokens + training,
            try #require(service.dollarsPerToken(small)) * tokens + small.flops * 2 / (0.4 * peak * 3_600)
        )
        #expect(abs(first / second - 1) < 1e-9)
        #expect(try RunService(on: h100).breakEven(large, with: small) == nil)
        #expect(throws: PlanningError.self) { try RunService(on: h100, devices: 0) }
        #expect(throws: PlanningError.self) { try RunService(on: h100, bytesPerParameter: 0) }
    }

    @Test("the best run of a compute has no gap to itself, and others have one under every law that counts")
    func gaps() throws {
        let best = try Self.planner.run(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        let other = NamedRun(name: "small", parameters: 1e9, tokens: best.flops / 6e9, uniqueTokens: 25e9)
        let rows = try Self.planner.compare([
            NamedRun(name: "best", parameters: best.parameters, tokens: best.tokens, uniqueTokens: 25e9), other,
        ]).rows
        #expect(abs(rows[0].gap) < 1e-6 && abs(rows[0].overtraining - 1) < 1e-2)
        #expect(rows[1].gap > 0.005 && rows[1].overtraining > 40)
        #expect(abs(rows[1].families.reduce(0) { $0 + $1.weight * $1.gap } - rows[1].gap) < 1e-12)
        #expect(abs(rows[1].families.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
        let equal = try #require(rows[1].equalLossFLOPs)
        #expect(equal < 0.8e22 && equal > 1e21)
    }

    @Test("under one law, the compute of equal loss is that whose plan has the run's loss")
    func equalLoss() throws {
        let law = MuennighoffLaw().withoutSets
        let planner = Planner(law: law, objective: MinimumLoss())
        let run = NamedRun(name: "run", parameters: 2e9, tokens: 600e9, uniqueTokens: 100e9)
        let row = try planner.compare([run]).rows[0]
        let loss = try law.compiled().loss(parameters: 2e9, tokens: 600e9, uniqueTokens: 100e9)
        let flops = try #require(row.equalLossFLOPs)
        let plan = try planner.plan(DataSupply(uniqueTokens: 100e9), within: .flops(flops)).recommended
        #expect(abs(try #require(plan.loss) / loss - 1) < 1e-5)
        let best = try planner.plan(DataSupply(uniqueTokens: 100e9), within: .flops(run.flops)).recommended
        #expect(abs(row.gap - Elementary.log(loss / (try #require(best.loss)))) < 1e-8)
        #expect(abs(row.bestParameters / best.parameters - 1) < 1e-4)
    }

    @Test("of two runs the one with the lower weighted mean of ln L is better, and laws that say the reverse are named")
    func duel() throws {
        let laws: [any ScalingLaw] = [MuennighoffLaw().withoutSets, LovelaceLaw(.oneParameter).withoutSets]
        let planner = Planner(laws: laws, objective: MinimumLoss())
        let runs = [
            NamedRun(name: "10B", parameters: 10e9, tokens: 2e12, uniqueTokens: 100e9),
            NamedRun(name: "30B", parameters: 30e9, tokens: 600e9, uniqueTokens: 100e9),
        ]
        let comparison = try planner.compare(runs)
        let duel = try #require(comparison.duels.first)
        #expect(comparison.duels.count == 1 && Set([duel.better, duel.worse]) == ["10B", "30B"] && duel.gain >= 0)
        let better = try #require(comparison.rows.first { $0.run.name == duel.better })
        let worse = try #require(comparison.rows.first { $0.run.name == duel.worse })
        var (gain, share) = (0.0, 0.0)
        var dissenters: [String] = []
        for (a, b) in zip(better.families, worse.families) {
            let weight = (a.weight + b.weight) / 2
            gain += weight * (b.logLoss - a.logLoss)
            if b.logLoss > a.logLoss { share += weight } else { dissenters.append(a.law) }
        }
        #expect(abs(duel.gain - gain) < 1e-9 && abs(duel.share - share) < 1e-9 && duel.dissenters == dissenters)
    }

    @Test("runs that read a part of their data are allowed; names and quantities that cannot be are refused")
    func refusals() throws {
        let run = NamedRun(name: "a", parameters: 1e9, tokens: 20e9, uniqueTokens: 1e12)
        let row = try Self.planner.compare([run]).rows[0]
        #expect(abs(try #require(row.run.epochs) - 0.02) < 1e-12 && row.gap >= -1e-9)
        func refuse(_ runs: [NamedRun]) {
            #expect(throws: PlanningError.self) { try Self.planner.compare(runs) }
        }
        refuse([])
        refuse([run, run])
        refuse([NamedRun(name: "b", parameters: 0, tokens: 1e9)])
        refuse([NamedRun(name: "b", parameters: 1e9, tokens: .nan)])
        refuse([NamedRun(name: "b", parameters: 1e9, tokens: 1e9, uniqueTokens: -1)])
    }
}
