/// How far a coefficient differs between the training recipe of a law's runs and other recipes.
public struct RecipeDoubt: Sendable, Hashable {
    /// The coefficient that the recipe changes, a positive factor.
    public var coefficient: String

    /// The standard deviation of its logarithm between recipes.
    public var logWidth: Double

    /// Creates a doubt.
    public init(coefficient: String, logWidth: Double) {
        self.coefficient = coefficient
        self.logWidth = logWidth
    }
}

extension ModelCard {
    /// The card for a training recipe other than that of the law's runs: each set of the ensemble gets its own random
    /// factor on the coefficient of ``recipeDoubt``.
    ///
    /// - Parameter seed: The seed of the factors.
    /// - Returns: The new card, or this card if it states no such doubt or has no ensemble.
    public func forAnotherRecipe(seed: UInt64 = 1) -> ModelCard {
        guard let recipeDoubt, let index = coefficientNames.firstIndex(of: recipeDoubt.coefficient),
            !ensemble.isEmpty
        else { return self }
        var card = self
        var generator = SeededGenerator(seed: seed)
        for member in ensemble.indices {
            let value = ensemble[member][index] * Elementary.exp(recipeDoubt.logWidth * generator.normal())
            card.ensemble[member][index] = Swift.min(
                Swift.max(value, coefficients[index].lowerBound), coefficients[index].upperBound)
        }
        card.covariance = Self.covariance(of: card.ensemble)
        card.recipeDoubt = nil
        return card
    }
}
