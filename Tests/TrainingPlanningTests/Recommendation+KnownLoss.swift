import TrainingPlanning

extension Recommendation {
    /// The loss of a plan that follows one law; not a number, which fails every comparison, where there is none.
    var knownLoss: Double { loss ?? .nan }
}
