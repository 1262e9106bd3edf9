import ComputeOptimal
import EffectiveData
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct JointMixtureTests {
    static func plan(_ law: any ScalingLaw, qualities: [Double], maxEpochs: Double? = nil) throws -> Plan {
        let supply = try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 20e9, quality: qualities[0], maxEpochs: maxEpochs),
            SourceSupply(name: "books", uniqueTokens: 5e9, quality: qualities[1], maxEpochs: maxEpochs),
        ])
        return try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
    }

    static func joint(_ plan: Plan, _ law: any ScalingLaw, pull: Double = 0.05) throws -> JointMixture {
        try JointMixture(
            plan, law: law, curve: MuennighoffCurve().compiled(), method: EffectiveDataMixture(), pull: pull)
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
            let curve = try MuennighoffCurve().compiled()
            let fresh = 25e9 * (try curve.value(epochs: tokens / 25e9))
            let loss = try EffectiveLoss(compiled, parameters: 1e22 / 6 / tokens).loss(effectiveTokens: fresh)
            #expect(loss >= joint.loss - 1e-12)
        }
    }

    @Test("a better source is read more often, and caps hold D down")
    func qualityAndCaps() throws {
        let law = MuennighoffLaw()
        let joint = try Self.joint(try Self.plan(law, qualities: [1, 3], maxEpochs: 100), law, pull: 0.01)
        #expect(joint.allocation.sources[1].epochs > joint.allocation.sources[0].epochs)
        // Four passes over 25B tokens are all there is.
        let capped = try Self.joint(try Self.plan(law, qualities: [1, 3]), law)
        #expect(capped.tokens <= 100e9 * (1 + 1e-9))
        #expect(capped.allocation.sources.allSatisfy { $0.epochs <= 4 * (1 + 1e-9) })
    }

    @Test("where caps leave far fewer tokens than the pool as one, N is sought for those")
    func capsFarBelow() throws {
        let law = MuennighoffLaw()
        let supply = try DataSupply(sources: [
            SourceSupply(name: "web", uniqueTokens: 20e6, quality: 1),
            SourceSupply(name: "books", uniqueTokens: 5e6, quality: 3),
        ])
        let plan = try Planner(law: law, objective: MinimumLoss()).plan(supply, within: .flops(1e18))
        let joint = try Self.joint(plan, law)
        #expect(plan.recommended.tokens > 8 * 100e6)
        #expect(joint.isJoint)
        #expect(abs(joint.tokens / 100e6 - 1) < 1e-6)
        // The budget would pay for more than the fewest tokens a parameter allow.
        #expect(abs(joint.parameters / (joint.tokens / 5) - 1) < 1e-9)
        // One more unique token of the better source takes the place of a token of the other.
        let prices = joint.allocation.sources.map(\.uniqueTokenPrice)
        #expect(prices.allSatisfy { $0 > 0 && $0 < 20 })
        #expect(prices[1] > prices[0])
    }

    @Test("a law whose repeats are a penalty says why it takes no mixture")
    func penalty() throws {
        let law = LovelaceLaw(.allCases[0])
        let plan = try Self.plan(law, qualities: [1, 1])
        let error = try #require(throws: PlanningError.self) { try Self.joint(plan, law) }
        #expect("\(error)".contains("takes no effective tokens"))
    }
}
