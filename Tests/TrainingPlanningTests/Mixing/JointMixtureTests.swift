import ComputeOptimal
import EffectiveData
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct JointMixtureTests {
    static func supply(qualities: [Double], maxEpochs: Double? = nil, times: Double = 1) throws -> DataSupply {
        try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 20e9 * times, quality: qualities[0], maxEpochs: maxEpochs),
            SourceSupply(name: "books", uniqueTokens: 5e9 * times, quality: qualities[1], maxEpochs: maxEpochs),
        ])
    }

    /// A supply so large that nothing is read twice.
    static func ample(_ qualities: [Double] = [1, 1]) throws -> DataSupply {
        try supply(qualities: qualities, maxEpochs: 100, times: 1000)
    }

    static func plan(_ law: any ScalingLaw, qualities: [Double], maxEpochs: Double? = nil) throws -> Plan {
        try Planner(law: law, objective: MinimumLoss()).plan(
            supply(qualities: qualities, maxEpochs: maxEpochs), within: .flops(1e22))
    }

    static func joint(_ plan: Plan, _ law: any ScalingLaw, pull: NaturalPull = .standard) throws -> JointMixture {
        try JointMixture(
            plan, by: Planner(law: law, objective: MinimumLoss()), law: law, curve: MuennighoffCurve().compiled(),
            method: EffectiveDataMixture(), pull: pull)
    }

    @Test("with sources of one quality the mixture is natural, and no D nearby is better")
    func equalQualities() throws {
        let law = MuennighoffLaw()
        let plan = try Self.plan(law, qualities: [1, 1], maxEpochs: 100)
        let joint = try Self.joint(plan, law)
        #expect(joint.isJoint)
        #expect(abs(joint.allocation.weights[0] - 0.8) < 1e-6)
        #expect(abs(6 * joint.parameters * joint.tokens / 1e22 - 1) < 1e-9)
        let compiled = try law.compiled()
        for factor in [0.9, 0.99, 1.01, 1.1] {
            let tokens = joint.tokens * factor
            let loss = try compiled.loss(
                parameters: 1e22 / 6 / tokens, tokens: tokens, uniqueTokens: min(tokens, 25e9))
            #expect(loss >= joint.loss - 1e-12)
        }
    }

    @Test("a better source is read more often, and caps hold D down")
    func qualityAndCaps() throws {
        let law = MuennighoffLaw()
        let joint = try Self.joint(try Self.plan(law, qualities: [1, 3], maxEpochs: 100), law)
        #expect(joint.allocation.sources[1].epochs > joint.allocation.sources[0].epochs)
        // Four passes over 25B tokens are all there is.
        let capped = try Self.joint(try Self.plan(law, qualities: [1, 3], maxEpochs: 4), law)
        #expect(capped.tokens <= 100e9 * (1 + 1e-9))
        #expect(capped.allocation.sources.allSatisfy { $0.epochs <= 4 * (1 + 1e-9) })
    }

    @Test("sources of one quality without caps are as good as the pool they make, and one source is its pool")
    func pool() throws {
        let law = MuennighoffLaw()
        for tokens in [[25e6], [20e6, 5e6]] {
            let supply = try DataSupply(
                sources: tokens.enumerated().map { SourceSupply(name: "source \($0)", uniqueTokens: $1) })
            let planner = Planner(law: law, objective: MinimumLoss())
            let plan = try planner.plan(supply, within: .flops(1e18))
            let loss = try #require(plan.recommended.loss)
            let joint = try JointMixture(
                plan, by: planner, law: law, curve: try MuennighoffCurve().compiled(),
                method: EffectiveDataMixture(), pull: .none)
            #expect(plan.recommended.epochs > 4)
            #expect(abs(joint.loss / loss - 1) < 1e-6)
            #expect(abs(joint.tokens / plan.recommended.tokens - 1) < 2e-2)
        }
    }

    @Test("where caps leave far fewer tokens than the pool as one, N is sought for those")
    func capsFarBelow() throws {
        let law = MuennighoffLaw()
        let supply = try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 20e6, quality: 1, maxEpochs: 4),
            SourceSupply(name: "books", uniqueTokens: 5e6, quality: 3, maxEpochs: 4),
        ])
        let plan = try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e18))
        let joint = try Self.joint(plan, law)
        #expect(joint.isJoint)
        #expect(abs(joint.tokens / 100e6 - 1) < 1e-6)
        // The budget would pay for more than the fewest tokens a parameter allow.
        #expect(abs(joint.parameters / (joint.tokens / 5) - 1) < 1e-9)
        // One more unique token of the better source takes the place of a token of the other.
        let prices = joint.allocation.sources.map(\.uniqueTokenPrice)
        #expect(prices.allSatisfy { $0 > 0 && $0 < 20 })
        #expect(prices[1] > prices[0])
    }

    @Test("the exact count of FLOPs is spent where the plan counts so, and not 6·N·D")
    func exactFLOPs() throws {
        let law = MuennighoffLaw()
        let count = FLOPModel.exact(try ModelFamily(vocabularySize: 128_256, contextLength: 8_192))
        let planner = Planner(law: law, objective: MinimumLoss(), flopModel: count)
        let plan = try planner.plan(Self.ample(), within: .flops(1e22))
        let joint = try JointMixture(
            plan, by: planner, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture())
        #expect(joint.isJoint)
        #expect(abs(joint.parameters / plan.recommended.parameters - 1) < 1e-3)
        #expect(abs(joint.tokens / plan.recommended.tokens - 1) < 1e-3)
        let loss = try #require(plan.recommended.loss)
        #expect(abs(joint.loss - loss) < 1e-6)
        let six = try Planner(law: law, objective: MinimumLoss()).plan(Self.ample(), within: .flops(1e22))
        #expect(joint.parameters * joint.tokens < 1e22 / 6 * 0.95)
        #expect(joint.loss > (try #require(six.recommended.loss)))
    }

    @Test("the least compute to a target loss is sought with the mixture inside", arguments: [0.0, 1e12])
    func totalFLOPs(served: Double) throws {
        let law = MuennighoffLaw()
        let planner = Planner(law: law, objective: MinimumTotalFLOPs())
        let plan = try planner.plan(
            Self.ample(), constraints: PlanConstraints(targetLoss: 2.4),
            terms: PlanTerms(inferenceTokens: served))
        func joint(_ supply: DataSupply) throws -> JointMixture {
            var plan = plan
            plan.supply = supply
            return try JointMixture(
                plan, by: planner, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture())
        }
        let same = try joint(Self.ample())
        #expect(same.isJoint)
        #expect(abs(same.loss - 2.4) < 1e-6)
        let cost = try #require(same.cost)
        #expect(abs(cost / plan.recommended.cost - 1) < 1e-5, "\(cost) \(plan.recommended.cost)")
        #expect(abs(cost / (6 * same.parameters * same.tokens + 2 * same.parameters * served) - 1) < 1e-12)
        // Where data are scarce, repeats take more compute to the same loss.
        let scarce = try joint(Self.supply(qualities: [1, 1], maxEpochs: 100))
        #expect(try #require(scarce.cost) > cost)
        #expect(abs(scarce.loss - 2.4) < 1e-6)
        let compiled = try law.compiled()
        for factor in [0.9, 0.99, 1.01, 1.1] {
            // No D nearby reaches the target for less: the least N beside it, by hand.
            let tokens = scarce.tokens * factor
            var (low, high) = (1e7, 1e13)
            for _ in 0..<200 {
                let middle = (low * high).squareRoot()
                let loss = try compiled.loss(
                    parameters: middle, tokens: tokens, uniqueTokens: min(tokens, 25e9))
                if loss > 2.4 { low = middle } else { high = middle }
            }
            #expect(6 * high * tokens + 2 * high * served >= (try #require(scarce.cost)) * (1 - 1e-7))
        }
    }

    @Test("a loss weighed against dollars is sought too, and given sizes are kept")
    func costAndSizes() throws {
        let law = MuennighoffLaw()
        let planner = Planner(law: law, objective: MinimumLossPlusCost())
        let plan = try planner.plan(
            Self.ample(), within: .flops(1e22),
            terms: PlanTerms(trainingPrice: 2e-18, costWeight: 1e-5))
        let joint = try JointMixture(
            plan, by: planner, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture())
        #expect(joint.isJoint)
        #expect(abs(try #require(joint.cost) - plan.recommended.cost) < 1e-6)
        let minimum = Planner(law: law, objective: MinimumLoss())
        let sized = try minimum.plan(
            Self.supply(qualities: [1, 2], maxEpochs: 100), within: .flops(1e22),
            constraints: PlanConstraints(sizes: [1e9, 3e9, 13e9]))
        let mixed = try JointMixture(
            sized, by: minimum, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture())
        #expect(mixed.isJoint && [1e9, 3e9, 13e9].contains(mixed.parameters))
        #expect(6 * mixed.parameters * mixed.tokens <= 1e22 * (1 + 1e-9))
        #expect(6 * mixed.parameters * mixed.tokens >= 1e22 * (1 - 1e-6))
    }

    @Test("a floor beside a cap holds D down, and is no failure")
    func floors() throws {
        let law = MuennighoffLaw()
        var sources = try Self.supply(qualities: [1, 1], maxEpochs: 6).sources
        sources[1].floor = 0.5
        let planner = Planner(law: law, objective: MinimumLoss())
        let plan = try planner.plan(DataSupply(sources: sources), within: .flops(1e22))
        let joint = try Self.joint(plan, law)
        // Six passes over 5B tokens are half of 60B.
        #expect(joint.isJoint && joint.tokens <= 60e9 * (1 + 1e-9))
        #expect(joint.allocation.keepsLimits)
    }

    @Test("a law is asked in its own tokens where the bytes of both are known")
    func tokenScale() throws {
        let law = MuennighoffLaw()
        var planner = Planner(law: law, objective: MinimumLoss())
        planner.lawBytesPerToken = 3
        let supply = try DataSupply(
            sources: Self.ample().sources, bytesPerToken: 4.5)
        let plan = try planner.plan(supply, within: .flops(1e22))
        let joint = try JointMixture(
            plan, by: planner, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture())
        let loss = try #require(plan.recommended.loss)
        #expect(abs(joint.loss - loss) < 1e-6)
    }

    @Test("a law whose repeats are a penalty is asked with the token-weighted mean of repeats over sources")
    func penalty() throws {
        let law = LovelaceLaw(.allCases[0])
        let plan = try Self.plan(law, qualities: [1, 1])
        let joint = try Self.joint(plan, law)
        // Equal qualities are read alike, so that the mean is that of one pool.
        let loss = try law.compiled().loss(
            parameters: joint.parameters, tokens: joint.tokens, uniqueTokens: min(joint.tokens, 25e9))
        #expect(abs(joint.loss / loss - 1) < 1e-9)
        #expect(joint.loss <= (try #require(plan.recommended.loss)) * (1 + 1e-6))
    }
}
