import BuiltInModels
import ScalingLaws
import Testing

@Suite struct HyperparameterRuleTests {
    @Test("every rule says where its numbers come from and is positive and finite on its range")
    func rules() throws {
        let rules = ModelCatalog.standard.hyperparameters.models
        #expect(rules.map(\.card.identifier) == ["step-law", "kaplan-critical-batch", "kim-recipe", "xu-recipe"])
        for rule in rules {
            let card = rule.card
            try card.validate()
            #expect(card.provenance.kind != .user && card.provenance.source.contains("arXiv:"))
            let sizes = try #require(card.validity.parameters)
            let tokens = try #require(card.validity.tokens ?? card.validity.uniqueTokens)
            for size in [sizes.lowerBound, sizes.upperBound] {
                for count in [tokens.lowerBound, tokens.upperBound] {
                    let suggestion = try rule.suggestion(parameters: size, tokens: count)
                    let given = [
                        suggestion.batchTokens, suggestion.learningRate, suggestion.weightDecay, suggestion.epochs,
                    ].compactMap { $0 }
                    #expect(!given.isEmpty && given.allSatisfy { $0 > 0 && $0 < .infinity })
                    if let rate = suggestion.learningRate { #expect(rate < 1) }
                }
            }
        }
    }

    @Test("a rule under a taken name is refused")
    func duplicates() throws {
        var rules = ModelCatalog.standard.hyperparameters
        let rule = try #require(rules.models.first)
        #expect(throws: LawError.self) { try rules.register(rule) }
    }
}
