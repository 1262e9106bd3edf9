import ComputeOptimal
import DataMixing
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct VariedFeatureTests {
    /// A law that is best at a weight decay of (N/U)^0.8.
    private struct DecayLaw: ScalingLaw {
        let card = ModelCard(
            identifier: "decay", summary: "for tests",
            coefficients: [
                Coefficient("E", value: 1.7), Coefficient("A", value: 400), Coefficient("alpha", value: 0.34),
                Coefficient("B", value: 410), Coefficient("beta", value: 0.28), Coefficient("G", value: 0.02),
            ], repetition: .penalty, provenance: Provenance(kind: .user, source: "this test"))

        func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
            let distance = log(run.feature("weight_decay")) - 0.8 * log(run.parameters / run.uniqueTokens)
            return c["E"] + c["A"] / pow(run.parameters, c["alpha"]) + c["B"] / pow(run.tokens, c["beta"])
                + c["G"] * distance * distance
        }
    }

    private let supply: DataSupply

    init() throws { supply = try DataSupply(uniqueTokens: 1e9) }

    private func chosen(_ range: ClosedRange<Double>) throws -> (value: Double, run: Recommendation) {
        let planner = Planner(law: DecayLaw(), objective: MinimumLoss())
        let limits = PlanConstraints(maxEpochs: 20)
        let choice = try planner.choosing(
            VariedFeature("weight_decay", in: range), for: supply, within: .flops(1e20), constraints: limits)
        let run = try choice.planner.plan(supply, within: .flops(1e20), constraints: limits).recommended
        return (choice.value, run)
    }

    @Test("the value chosen is the closed form's, together with N and D")
    func interior() throws {
        let (value, run) = try chosen(0.01...10)
        #expect(abs(value / Elementary.pow(run.parameters / 1e9, 0.8) - 1) < 1e-3)
        let expected =
            1.7 + 400 / Elementary.pow(run.parameters, 0.34) + 410 / Elementary.pow(run.tokens, 0.28)
        #expect(abs((run.loss ?? .nan) / expected - 1) < 1e-6)
    }

    @Test("a value beyond the range is its end")
    func end() throws {
        #expect(abs(try chosen(0.01...0.02).value - 0.02) < 1e-9)
    }

    @Test("a law that does not read the quantity, several laws and a range below 0 are refused")
    func refusals() throws {
        func refuse(_ laws: [any ScalingLaw], _ range: ClosedRange<Double>) {
            #expect(throws: PlanningError.self) {
                try Planner(laws: laws, objective: MinimumLoss()).choosing(
                    VariedFeature("weight_decay", in: range), for: supply, within: .flops(1e20))
            }
        }
        refuse([MuennighoffLaw()], 0.1...1)
        refuse([DecayLaw(), MuennighoffLaw()], 0.1...1)
        refuse([DecayLaw()], -1...1)
    }
}
