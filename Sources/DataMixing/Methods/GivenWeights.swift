import Quantities

/// Weights given by the user, judged like those of any method.
public struct GivenWeights: MixtureMethod {
    /// `given`, unless named otherwise.
    public let identifier: String

    /// One line on where the weights come from.
    public let summary: String

    /// The weights by source; sources that are not named get 0.
    public let weightsByName: [String: Double]

    /// How far the sum of given weights may be from 1: printed weights are rounded.
    public static let tolerance = 0.005

    /// Creates a method of given weights.
    ///
    /// - Parameters:
    ///   - weights: A weight for each source by name.
    ///   - identifier: The name that tables print.
    ///   - summary: One line on where the weights come from.
    public init(
        _ weights: [String: Double], identifier: String = "given", summary: String = "weights as they were given"
    ) {
        weightsByName = weights
        self.identifier = identifier
        self.summary = summary
    }

    /// The weights, scaled to add up to 1 exactly.
    ///
    /// - Throws: ``MixtureError/contradiction(_:)`` for a source that the supply does not have, or weights whose sum is
    ///   not 1 within ``tolerance``; ``MixtureError/unusableQuantity(_:value:expected:)`` for a negative weight.
    public func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double] {
        let known = Set(question.sources.map(\.name))
        for (name, weight) in weightsByName.sorted(by: { $0.key < $1.key }) {
            guard weight >= 0, weight < .infinity else {
                throw .unusableQuantity(
                    "the weight of source '\(name)'", value: weight, expected: "0 or more and finite")
            }
            guard known.contains(name) || weight == 0 else {
                throw .contradiction(
                    "the weights name a source '\(name)' that the supply does not have, or has no tokens of: its sources "
                        + "are \(question.sources.map(\.name).joined(separator: ", "))")
            }
        }
        let weights = question.sources.map { weightsByName[$0.name] ?? 0 }
        let sum = weights.reduce(0, +)
        guard abs(sum - 1) <= Self.tolerance else {
            throw .contradiction(
                "the weights add up to \(Quantity.rounded(sum, digits: 4)), not 1: correct them, or divide each "
                    + "by that sum if it is what was meant")
        }
        return weights.map { $0 / sum }
    }
}
