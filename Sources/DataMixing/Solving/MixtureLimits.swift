import Quantities

/// The smallest and largest weight that each source of a mixture may have.
struct MixtureLimits: Sendable {
    let lower: [Double]
    let upper: [Double]

    /// Turns floors and caps into bounds on weights.
    ///
    /// - Throws: ``MixtureError/infeasible(_:nearest:)`` with the most tokens that the caps allow, and
    ///   ``MixtureError/contradiction(_:)`` for floors that no weights can keep.
    init(_ sources: [SourceSupply], tokens: Double) throws(MixtureError) {
        lower = sources.map(\.floor)
        upper = sources.map { source in
            Swift.min(1, (source.maxEpochs ?? .infinity) * source.uniqueTokens / tokens)
        }
        let floors = lower.reduce(0, +)
        guard floors <= 1 + 1e-9 else {
            throw .contradiction(
                "the floors of the sources add up to \(Quantity.rounded(floors, digits: 4)), more than 1: lower some, or "
                    + "multiply each by \(Quantity.rounded((1 / floors * 1e4).rounded(.down) / 1e4, digits: 4))"
            )
        }
        let most = sources.reduce(0) { $0 + ($1.maxEpochs ?? .infinity) * $1.uniqueTokens }
        guard tokens <= most * (1 + 1e-12) else {
            throw .infeasible(
                "\(Quantity.short(tokens)) training tokens are more than the caps of the sources allow together, "
                    + "\(Quantity.grouped(most)) (the sum of cap times unique tokens): "
                    + "train on at most that many, lift a cap, or find more data",
                nearest: most)
        }
        for (index, source) in sources.enumerated() where lower[index] > upper[index] * (1 + 1e-9) {
            throw .contradiction(
                "the floor \(source.floor) of source '\(source.name)' is \(Quantity.short(source.floor * tokens)) "
                    + "tokens, more than its cap of \(Quantity.count(source.maxEpochs ?? 0, "epoch")) allows "
                    + "(\(Quantity.short(upper[index] * tokens))): lower the floor to "
                    + "\(Quantity.rounded(upper[index], digits: 4)), or lift the cap to "
                    + "\(Quantity.count(source.floor * tokens / source.uniqueTokens, "epoch"))")
        }
    }
}
