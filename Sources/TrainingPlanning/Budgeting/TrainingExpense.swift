/// The cost of a training run on a cluster.
public struct TrainingExpense: Sendable, Hashable {
    /// Hours of one accelerator.
    public var acceleratorHours: Double

    /// Days on the whole cluster, or `nil` where its size is not known.
    public var days: Double?

    /// Dollars for training, or `nil` without a price.
    public var dollars: Double?
}
