import ScalingLaws

/// Several laws as one, for runs that must reach a target loss under each: its loss is the highest of theirs.
///
/// Only to be held against the target. Losses of different laws do not compare, so that nothing is told of the joint
/// loss itself.
struct JointLaw: ScalingLaw {
    /// A law, and its tokens for each of the supply.
    struct Part: Sendable {
        let law: any ScalingLaw
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
        Self.highest(parts.map { Self.stated($0.law.card, $0.law.formula) })
    }

    /// The laws put to a supply, each in its own tokens.
    func adapted(to supply: DataSupply) -> Formula {
        Self.highest(
            parts.map { part in
                let asked = LawOverSupply(part.law, supply, tokenScale: part.tokenScale)
                return Self.stated(asked.card, asked.formula)
            })
    }

    /// A formula with the card's values for its coefficients.
    private static func stated(_ card: ModelCard, _ formula: Formula) -> Formula {
        var values: [String: Formula] = [:]
        for coefficient in card.coefficients {
            if let value = coefficient.value { values[coefficient.name] = .constant(value) }
        }
        return formula.replacingCoefficients(values)
    }

    private static func highest(_ formulas: [Formula]) -> Formula {
        guard let first = formulas.first else { preconditionFailure("laws to join") }
        return formulas.dropFirst().reduce(first) { max($0, $1) }
    }
}
