/// A law with some of its card's values set by a person.
///
/// The values hold in every set of the card's ensemble, so that intervals keep their doubt about the other coefficients.
struct LawWithValues: ScalingLaw {
    let card: ModelCard
    private let law: any ScalingLaw

    fileprivate init(_ law: any ScalingLaw, _ values: [String: Double]) throws(LawError) {
        let card = law.card
        for name in values.keys.sorted() where !card.coefficientNames.contains(name) {
            throw .unknownCoefficient(name, known: card.coefficientNames, model: card.identifier)
        }
        self.card = try card.replacing(values)
        self.law = law
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { law.loss(of: run, c) }
}

extension ScalingLaw {
    /// The law with some coefficients set by name, in its card and in every set of the card's ensemble.
    ///
    /// - Parameter values: Values by the coefficients' names.
    /// - Returns: The law; its form and its family are the same.
    /// - Throws: A ``LawError`` for a name that the law does not have, or a value out of its bounds.
    public func setting(_ values: [String: Double]) throws(LawError) -> any ScalingLaw {
        values.isEmpty ? self : try LawWithValues(self, values)
    }
}
