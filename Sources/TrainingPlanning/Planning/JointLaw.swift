import ScalingLaws

/// Several laws as one, for runs that must reach a target loss: ln of its loss is the weighted mean of theirs.
///
/// It is only compared with the target: losses of different laws do not compare, so no plan shows it.
struct JointLaw: ScalingLaw {
    /// A law, its share of the decision, and its tokens for each of the supply.
    struct Part: Sendable {
        let law: any ScalingLaw
        let weight: Double
        let tokenScale: Double
    }

    let parts: [Part]
    let card: ModelCard

    init(_ parts: [Part]) {
        self.parts = parts
        var setup = ModelSetup()
        setup.countsEmbeddings = parts.allSatisfy { $0.law.card.setup.countsEmbeddings }
        card = ModelCard(
            identifier: Plan.robust, summary: "several laws at once", coefficients: [], repetition: .penalty,
            setup: setup, provenance: Provenance(kind: .user, source: "the laws of the plan"))
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula {
        mean { Self.stated($0.law.card, $0.law.formula) }
    }

    /// The laws applied to a supply, each in its own tokens.
    func adapted(to supply: DataSupply) -> Formula {
        mean { part in
            let asked = LawOverSupply(part.law, supply, tokenScale: part.tokenScale)
            return Self.stated(asked.card, asked.formula)
        }
    }

    private func mean(_ loss: (Part) -> Formula) -> Formula {
        exp(parts.reduce(Formula.constant(0)) { $0 + .constant($1.weight) * log(loss($1)) })
    }

    /// A formula with the card's values for its coefficients.
    private static func stated(_ card: ModelCard, _ formula: Formula) -> Formula {
        var values: [String: Formula] = [:]
        for coefficient in card.coefficients {
            if let value = coefficient.value { values[coefficient.name] = .constant(value) }
        }
        return formula.replacingCoefficients(values)
    }
}
