import BuiltInModels
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct ObjectiveConformanceTests {
    @Test(
        "the standard catalog's objectives",
        arguments: ["min-loss", "min-total-flops", "min-dollars", "min-loss-plus-cost"])
    func promises(name: String) throws {
        let objective = try ModelCatalog.standard.objectives.model(named: name)
        #expect(objective.identifier == name)
        #expect(!objective.summary.isEmpty && !objective.unit.isEmpty)
        #expect(Set(objective.needs).isDisjoint(with: objective.mayRead))
        // The cost reads the run, its loss, its compute and what it declares, nothing else.
        let declared = (objective.needs + objective.mayRead).map(\.rawValue)
        let read = objective.cost(of: ObjectiveSymbols()).symbols
        for case .feature(let feature) in read {
            #expect((declared + ["loss", "training_flops"]).contains(feature), "\(feature)")
        }
        for quantity in objective.needs where quantity != .targetLoss {
            #expect(read.contains(.feature(quantity.rawValue)), "\(quantity)")
        }
    }

    @Test("they are all that the catalog lists")
    func names() {
        #expect(
            ModelCatalog.standard.objectives.names
                == ["min-loss", "min-total-flops", "min-dollars", "min-loss-plus-cost"])
    }
}
