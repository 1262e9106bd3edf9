public import DataMixing
import Quantities
import ScalingLaws

/// The weights that are most alike under caps on epochs.
///
/// The method takes the sources in ascending order of the share that their caps allow. Each source gets an equal part
/// of the remaining share, or as much as its cap allows if that is less. The method uses only sizes and caps: neither
/// quality nor the worth of repeats.
///
/// Source: Chung et al. 2023 (UniMax, arXiv:2304.09151, algorithm 1).
public struct UniMaxMixture: MixtureMethod {
    /// The cap of sources without their own, in epochs.
    ///
    /// It is part of the method, which needs caps.
    public let epochs: Double

    /// Creates the method.
    ///
    /// - Parameter epochs: The cap of sources without their own, in epochs. Up to 4 epochs a repeated token is worth
    ///   nearly as much as a fresh one (Muennighoff et al. 2023, arXiv:2305.16264).
    public init(epochs: Double = 4) {
        self.epochs = epochs
    }

    /// `unimax`.
    public let identifier = "unimax"

    /// One line on how weights are chosen.
    public var summary: String {
        "as alike as caps allow, \(Quantity.count(epochs, "epoch")) where a source has none of its own"
    }

    /// The shares.
    ///
    /// - Throws: ``MixtureError/infeasible(_:nearest:)`` where the caps leave training tokens that no source can take.
    public func weights(for question: MixtureQuestion) throws(MixtureError) -> [Double] {
        var question = question
        for index in question.sources.indices {
            question.sources[index].floor = 0
            if question.sources[index].maxEpochs == nil { question.sources[index].maxEpochs = epochs }
        }
        guard question.tokens <= question.mostTokens * (1 + 1e-12) else {
            throw .infeasible(
                "'unimax' reads a source without a cap of its own \(Quantity.count(epochs, "time")) at most, which allows "
                    + "\(Quantity.short(question.mostTokens)) tokens", nearest: question.mostTokens)
        }
        let most = question.sources.map { ($0.maxEpochs ?? .infinity) * $0.uniqueTokens / question.tokens }
        let order = question.sources.indices.sorted {
            (most[$0], question.sources[$0].uniqueTokens, question.sources[$0].name)
                < (most[$1], question.sources[$1].uniqueTokens, question.sources[$1].name)
        }
        var weights = [Double](repeating: 0, count: most.count)
        var left = 1.0
        for (position, index) in order.enumerated() {
            weights[index] = Swift.min(left / Double(order.count - position), most[index])
            left -= weights[index]
        }
        // The remainder from rounding goes to the last source, which has the most room.
        if let last = order.last { weights[last] = Swift.max(0, weights[last] + left) }
        return weights
    }

    /// The KL divergence from equal shares in nats; only the caps keep it above 0.
    public func objective(
        of allocation: MixtureAllocation, for question: MixtureQuestion
    ) -> MixtureObjective? {
        let count = Double(allocation.weights.count)
        let divergence = allocation.weights.reduce(0) { $0 + ($1 > 0 ? $1 * Elementary.log($1 * count) : 0) }
        return MixtureObjective("KL to equal shares", value: Swift.max(0, divergence), unit: .nats)
    }
}
