import ScalingLaws

/// An objective with a law put in for the loss: one formula over N, D and U, with the law's coefficients.
///
/// Stated as a law, it is compiled and differentiated by the same evaluator, and takes members of the law's ensemble.
struct ObjectiveOverLaw: ScalingLaw {
    let card: ModelCard
    let cost: Formula

    init(_ objective: any PlanningObjective, _ law: any ScalingLaw, trainingFLOPs: Formula) {
        var card = law.card
        card.ensemble = []
        self.card = card
        // FLOPs first, since the law may have its own features of the same name.
        cost = objective.cost(of: ObjectiveSymbols())
            .replacing(ObjectiveSymbols.trainingFLOPsFeature, by: trainingFLOPs)
            .replacing(ObjectiveSymbols.lossFeature, by: law.formula)
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { cost }
}

extension PlanningObjective {
    /// Whether the cost depends on the loss itself rather than only on the run's expense.
    var readsLoss: Bool { cost(of: ObjectiveSymbols()).symbols.contains(ObjectiveSymbols.lossFeature) }
}
