public import TrainingPlanning

/// The weights that are most alike under caps on epochs.
///
/// Sources in ascending order of what their caps allow; each gets an equal share of what is left, or what its cap
/// allows where that is less. Sizes and caps are all it knows: quality and what repeats are worth play no part.
///
/// Source: Chung et al. 2023 (UniMax, arXiv:2304.09151, algorithm 1).
public struct UniMaxMixture: MixtureMethod {
    /// The cap of every source, in epochs, in place of the question's; `nil` for those of the question.
    public let epochs: Double?

    /// Creates the method.
    ///
    /// - Parameter epochs: The cap of every source, in epochs, in place of the question's.
    public init(epochs: Double? = nil) {
        self.epochs = epochs
    }

    /// `unimax`.
    public let identifier = "unimax"

    /// One line on how weights are chosen.
    public let summary = "as alike as caps on epochs allow"

    /// The shares.
    ///
    /// - Throws: ``PlanningError/infeasible(_:nearest:)`` where the caps leave training tokens that no source can take.
    public func weights(for question: MixtureQuestion) throws(PlanningError) -> [Double] {
        var question = question
        if let epochs {
            for index in question.sources.indices { question.sources[index].maxEpochs = epochs }
        }
        for index in question.sources.indices { question.sources[index].floor = 0 }
        try question.checkLimits()
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
        // What rounding leaves belongs to the last, which has the most room.
        if let last = order.last { weights[last] = Swift.max(0, weights[last] + left) }
        return weights
    }
}
