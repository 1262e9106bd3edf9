import Quantities
import ScalingLaws

extension Planner {
    /// How far outside its range a rule for batch or learning rate is still used, as a factor.
    private static var mostExtrapolation: Double { 30 }

    /// The fewest layers of a proposed model: a shape with fewer is not a useful transformer.
    private static var fewestLayers: Int { 2 }

    /// The plan with a model of the recommended size, where a family is given and has one.
    func proposingModel(for plan: Plan) throws(PlanningError) -> Plan {
        guard let family else { return plan }
        var plan = plan
        let recommended = plan.recommended
        // Laws that are weighed together all count parameters in the same way.
        let countsEmbeddings = plan.laws.first?.card.setup.countsEmbeddings ?? true
        let shape: ModelShape
        do {
            shape = try family.shape(parameters: recommended.parameters, countsEmbeddings: countsEmbeddings)
        } catch {
            guard error.isInfeasible else { throw error }
            plan.warnings.append(PlanWarning(code: "no_shape", severity: .info, message: Self.sentence("\(error)")))
            return plan
        }
        guard shape.layers >= Self.fewestLayers else {
            plan.warnings.append(
                PlanWarning(
                    code: "no_shape", severity: .info,
                    message: "\(Quantity.short(recommended.parameters)) parameters are too few for a model of "
                        + "\(Self.fewestLayers) layers with this vocabulary."))
            return plan
        }
        var suggestions: [HyperparameterSuggestion] = []
        for rule in hyperparameterLaws where rule.batchFormula != nil || rule.learningRateFormula != nil {
            let parameters =
                rule.card.setup.countsEmbeddings ? shape.parameters : shape.nonEmbeddingParameters
            do throws(LawError) {
                let suggestion = try rule.suggestion(parameters: Double(parameters), tokens: recommended.tokens)
                guard suggestion.extrapolation <= Self.mostExtrapolation else {
                    plan.warnings.append(
                        PlanWarning(
                            code: "no_suggestion", severity: .info,
                            message:
                                "The rule '\(rule.card.identifier)' is not used: this run is outside its fitted "
                                + "range by more than a factor of \(Quantity.short(Self.mostExtrapolation)).",
                            value: suggestion.extrapolation, limit: Self.mostExtrapolation))
                    continue
                }
                suggestions.append(suggestion)
            } catch {
                plan.warnings.append(
                    PlanWarning(
                        code: "no_suggestion", severity: .info,
                        message: "The rule '\(rule.card.identifier)' says nothing of this run: \(error)."))
            }
        }
        plan.model = ModelProposal(
            shape: shape, target: recommended.parameters, countsEmbeddings: countsEmbeddings,
            tokens: recommended.tokens, hyperparameters: suggestions)
        if !countsEmbeddings {
            plan.warnings.append(
                PlanWarning(
                    code: "parameters_without_embeddings", severity: .info,
                    message: "Law '\(plan.law)' counts parameters without embeddings: the model's "
                        + "\(Quantity.short(recommended.parameters)) are \(Quantity.short(Double(shape.parameters))) "
                        + "with those of its vocabulary.",
                    value: Double(shape.parameters), limit: recommended.parameters))
        }
        return plan
    }

    private static func sentence(_ clause: String) -> String {
        clause.prefix(1).uppercased() + clause.dropFirst() + "."
    }
}
