import Chinchilla
import ComputeOptimal
import InferenceCost
import Lovelace
import Muennighoff
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct PlannerErrorTests {
    let supply: DataSupply
    let planner = Planner(law: MuennighoffLaw(), objective: MinimumLoss())

    init() throws { supply = try DataSupply(uniqueTokens: 25e9) }

    private func error(_ body: () throws -> Void) -> PlanningError? {
        do {
            try body()
            return nil
        } catch { return error as? PlanningError }
    }

    @Test("quantities that are zero, negative or not numbers are refused by name", arguments: [0, -1, .nan, .infinity])
    func unusable(value: Double) throws {
        #expect(error { _ = try ComputeBudget.flops(value) }?.description.contains("compute budget") == true)
        for constraints in [
            PlanConstraints(maxParameters: value), PlanConstraints(maxEpochs: value),
            PlanConstraints(targetLoss: value),
            PlanConstraints(sizes: [value]),
        ] {
            let error = error { _ = try planner.plan(supply, within: .flops(1e22), constraints: constraints) }
            #expect(error?.description.contains("positive") == true)
            #expect(error?.isInfeasible == false)
        }
        if value != 0 {
            let terms = PlanTerms(inferenceTokens: value)
            #expect(error { _ = try planner.plan(supply, within: .flops(1e22), terms: terms) } != nil)
        }
    }

    @Test("a target loss out of reach names the lowest that is within it, and that one is feasible")
    func targetLoss() throws {
        for law in [MuennighoffLaw(), LovelaceLaw(), ChinchillaLaw()] as [any ScalingLaw] {
            let planner = Planner(law: law, objective: MinimumTotalFLOPs())
            let terms = PlanTerms(inferenceTokens: 1e12)
            let infeasible = error {
                _ = try planner.plan(
                    supply, within: .flops(1e22), constraints: PlanConstraints(targetLoss: 1.5), terms: terms)
            }
            guard case .infeasible(let message, let nearest?)? = infeasible else {
                Issue.record("\(String(describing: infeasible))")
                continue
            }
            #expect(message.contains("1.5"))
            let plan = try planner.plan(
                supply, within: .flops(1e22), constraints: PlanConstraints(targetLoss: nearest + 1e-6), terms: terms)
            #expect(plan.recommended.knownLoss <= nearest + 1e-6 + 1e-9)
            #expect(plan.recommended.flops <= 1e22 * (1 + 1e-9))
        }
    }

    @Test("an objective without what it reads says what is missing")
    func missing() {
        let planner = Planner(law: MuennighoffLaw(), objective: MinimumTotalFLOPs())
        #expect(
            error { _ = try planner.plan(supply, within: .flops(1e22)) }
                == .missing(.targetLoss, objective: "min-total-flops"))
    }

    @Test("a plan that nothing bounds is refused")
    func unbounded() {
        let error = error { _ = try planner.plan(supply) }
        guard case .unbounded? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains("compute budget") == true)
    }

    @Test("limits that leave no plan name the one that breaks and the nearest value that would do")
    func infeasible() throws {
        let tooSmall = error {
            _ = try planner.plan(supply, within: .flops(1e15), constraints: PlanConstraints(minParameters: 1e9))
        }
        #expect(tooSmall?.isInfeasible == true)
        guard case .infeasible(let message, let needed?)? = tooSmall else { return }
        #expect(message.contains("budget"))
        #expect(abs(needed / (6 * 1e9 * 5e9) - 1) < 1e-9)
        #expect(
            throws: Never.self,
            performing: {
                try planner.plan(
                    supply, within: .flops(needed * 1.0001), constraints: PlanConstraints(minParameters: 1e9))
            })
        let capped = error {
            _ = try planner.plan(
                supply, within: .flops(1e25), constraints: PlanConstraints(minParameters: 1e11, maxEpochs: 4))
        }
        guard case .infeasible(_, let epochs?)? = capped else {
            Issue.record("\(String(describing: capped))")
            return
        }
        #expect(abs(epochs - 20) < 1e-9)
        let crossed = PlanConstraints(maxParameters: 1e9, minParameters: 2e9)
        #expect(error { _ = try planner.plan(supply, within: .flops(1e22), constraints: crossed) } != nil)
    }

    @Test("a law without values says so")
    func noValues() {
        struct Empty: ScalingLaw {
            var card: ModelCard {
                ModelCard(
                    identifier: "empty", summary: "no values", coefficients: [Coefficient("E")],
                    provenance: Provenance(kind: .user, source: "a test"))
            }
            func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { c["E"] }
        }
        let planner = Planner(law: Empty(), objective: MinimumLoss())
        #expect(
            error { _ = try planner.plan(supply, within: .flops(1e22)) }
                == .law(.missingCoefficient("E", model: "empty")))
    }
}
