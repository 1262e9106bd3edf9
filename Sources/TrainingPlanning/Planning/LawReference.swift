public import ScalingLaws

/// A law that a plan rests on.
public struct LawReference: Sendable, Hashable {
    /// Its name.
    public var name: String

    /// The source of its numbers.
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

    /// The law's full definition as text: name, formula, coefficients and ensemble.
    ///
    /// Plan files store a digest of it, which tells apart two laws of one name.
    public var definition: String {
        var lines = [name, formula]
        for coefficient in card.coefficients {
            lines.append("\(coefficient.name)=\(coefficient.value.map { "\($0)" } ?? "")")
        }
        for member in card.ensemble { lines.append(member.map { "\($0)" }.joined(separator: ",")) }
        return lines.joined(separator: "\n")
    }
}
