import Chinchilla
import ComputeOptimal
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct IntervalTests {
    @Test("the data behind Muennighoff's law do not identify its epochs: the 90 % interval holds 6 and 18")
    func muennighoff() throws {
        let plan = try Planner(law: MuennighoffLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22))
        let epochs = try #require(plan.recommended.epochsInterval)
        #expect(epochs.contains(6) && epochs.contains(18))
        #expect(epochs.contains(plan.recommended.epochs))
        let loss = try #require(plan.recommended.lossInterval)
        #expect(loss.contains(plan.recommended.knownLoss))
        let parameters = try #require(plan.recommended.parametersInterval)
        #expect(parameters.contains(plan.recommended.parameters))
    }

    @Test("what all sets of coefficients hold fixed has no interval")
    func heldFixed() throws {
        let fixed = MuennighoffLaw().withoutSets
        let same = fixed.with(ensemble: Array(repeating: try fixed.card.values(), count: 20))
        let still = try Planner(law: same, objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 25e9), within: .flops(1e22)).recommended
        #expect(still.parametersInterval == nil && still.epochsInterval == nil && still.lossInterval == nil)
    }

    @Test("where a card has a covariance and no refits, intervals are those of draws from it")
    func covariance() throws {
        // E, A, alpha, B, beta, uncertain to a hundredth each and independent of one another.
        let base = ChinchillaLaw(.besiroglu).withoutSets
        let values = try base.card.values()
        let spread = values.indices.map { row in
            values.indices.map { $0 == row ? (0.01 * values[row]) * (0.01 * values[row]) : 0 }
        }
        let supply = try DataSupply(uniqueTokens: 1e13)
        let plan = try Planner(law: base.with(covariance: spread), objective: MinimumLoss())
            .plan(supply, within: .flops(1e22))
        let losses = try #require(plan.recommended.lossInterval)
        #expect(losses.contains(plan.recommended.knownLoss))
        #expect(plan.intervalSource == .covariance && plan.intervalLevel == 0.9)
        #expect(plan.families.first?.draws == 100)
        // To first order the loss has a deviation of the root of the sum of (slope · deviation)²; 90 % are 3.29 of it.
        let slopes = try base.compiled().coefficientGradient(
            parameters: plan.recommended.parameters, tokens: plan.recommended.tokens, uniqueTokens: 1e13)
        let variance = zip(slopes, values).reduce(0) { $0 + ($1.0 * 0.01 * $1.1) * ($1.0 * 0.01 * $1.1) }
        let width = (losses.upperBound - losses.lowerBound) / (3.29 * variance.squareRoot())
        #expect(width > 0.75 && width < 1.25, "\(width)")
        // A matrix that is no covariance gives no interval, and the plan says so.
        let none = try Planner(
            law: base.with(covariance: spread.map { $0.map { -$0 } }), objective: MinimumLoss()
        ).plan(supply, within: .flops(1e22))
        #expect(none.recommended.lossInterval == nil)
        #expect(none.families.first?.noInterval?.contains("variance would be negative") == true)
    }

}
