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

    @Test("each member's plan is the plan of a law with that member's values")
    func members() throws {
        // Intervals of twenty equal members are points: the plan of the member.
        let members = MuennighoffLaw().card.ensemble
        for index in stride(from: 0, to: members.count, by: Swift.max(1, members.count / 5)) {
            let repeated = WithEnsemble(base: MuennighoffLaw(), ensemble: Array(repeating: members[index], count: 20))
            let names = MuennighoffLaw().card.coefficientNames
            let refitted = Refitted(
                base: WithoutEnsemble(base: MuennighoffLaw()),
                values: Dictionary(uniqueKeysWithValues: zip(names, members[index])))
            let supply = try DataSupply(uniqueTokens: 25e9)
            let interval = try Planner(law: repeated, objective: MinimumLoss())
                .plan(supply, within: .flops(1e22)).recommended.epochsInterval
            let own = try Planner(law: refitted, objective: MinimumLoss()).plan(supply, within: .flops(1e22))
            let epochs = try #require(interval)
            #expect(abs(epochs.lowerBound / own.recommended.epochs - 1) < 1e-6)
            #expect(abs(epochs.upperBound / own.recommended.epochs - 1) < 1e-6)
        }
    }

    struct WithEnsemble: ScalingLaw {
        let base: any ScalingLaw
        let ensemble: [[Double]]

        var card: ModelCard {
            var card = base.card
            card.ensemble = ensemble
            return card
        }

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { base.loss(of: run, c) }
    }
}
