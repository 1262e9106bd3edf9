import ScalingLaws

/// A law for two setups together: some coefficients of the second differ from those of the first.
///
/// The runs' feature `in_second_setup` is 0 or 1. Factors differ by a ratio, exponents by a difference.
struct SetupLaw: ScalingLaw {
    static let feature = "in_second_setup"

    let base: any ScalingLaw
    let differing: Set<String>

    /// Whether a coefficient is a factor, with a unit, rather than an exponent.
    static func isFactor(_ coefficient: Coefficient) -> Bool { !coefficient.unit.isEmpty }

    static func difference(_ name: String) -> String { name + "_difference" }

    var card: ModelCard {
        var card = base.card
        card.identifier += "-two-setups"
        card.ensemble = []
        card.covariance = nil
        for coefficient in base.card.coefficients where differing.contains(coefficient.name) {
            card.coefficients.append(
                Coefficient(
                    Self.difference(coefficient.name), value: 0, lowerBound: -10, upperBound: 10,
                    start: Self.isFactor(coefficient) ? -1...1 : -0.1...0.1))
        }
        return card
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        let second = run.feature(Self.feature)
        var replacements: [String: Formula] = [:]
        for coefficient in base.card.coefficients where differing.contains(coefficient.name) {
            let difference = c[Self.difference(coefficient.name)]
            replacements[coefficient.name] =
                Self.isFactor(coefficient)
                ? c[coefficient.name] * exp(second * difference) : c[coefficient.name] + second * difference
        }
        return base.loss(of: run, c).replacingCoefficients(replacements)
    }
}
