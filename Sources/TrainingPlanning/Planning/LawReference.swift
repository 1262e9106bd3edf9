public import ScalingLaws

/// A law that a plan rests on.
public struct LawReference: Sendable, Hashable {
    /// Its name.
    public var name: String

    /// Where its numbers come from.
    public var provenance: Provenance.Kind

    /// Its card, as it was when the plan was made.
    public let card: ModelCard

    /// Its formula as text.
    public let formula: String

    init(_ law: any ScalingLaw) {
        card = law.card
        name = card.identifier
        provenance = card.provenance.kind
        formula = law.formula.description
    }

    /// All that decides what the law answers, as text: name, formula, coefficients and ensemble.
    ///
    /// Digests in plan files are taken over it, so that two laws of one name can be told apart.
    public var definition: String {
        var lines = [name, formula]
        for coefficient in card.coefficients {
            lines.append("\(coefficient.name)=\(coefficient.value.map { "\($0)" } ?? "")")
        }
        for member in card.ensemble { lines.append(member.map { "\($0)" }.joined(separator: ",")) }
        return lines.joined(separator: "\n")
    }
}
