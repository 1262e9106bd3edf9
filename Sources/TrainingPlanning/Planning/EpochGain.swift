/// The number of epochs at which a further epoch stops paying.
public struct EpochGain: Sendable, Hashable {
    /// The least saving for which a further epoch pays, in the objective's unit.
    public var threshold: Double

    /// The fewest whole epochs from which another saves less.
    public var epochs: Double

    /// The saving of the next epoch; below 0 if it harms, `nil` if the limits do not allow one.
    public var nextGain: Double?

    /// A point before its fields are read from a file.
    package static let blank = EpochGain()

    private init() {
        threshold = 0
        epochs = 1
    }

    /// Searches whole epochs.
    ///
    /// - Parameters:
    ///   - threshold: The least saving for which a further epoch pays.
    ///   - cost: The lowest cost at a number of epochs; `nil` if the limits do not allow it.
    init?(threshold: Double, cost: (Double) -> Double?) {
        func gain(_ epochs: Double) -> Double? {
            guard let now = cost(epochs), let then = cost(epochs + 1) else { return nil }
            return now - then
        }
        guard cost(1) != nil else { return nil }
        var (paying, last) = (0.0, 1.0)
        while let gain = gain(last), gain >= threshold, last < 1e6 {
            paying = last
            last *= 2
        }
        while last - paying > 1 {
            let middle = ((paying + last) / 2).rounded(.down)
            if let gain = gain(middle), gain >= threshold { paying = middle } else { last = middle }
        }
        self.threshold = threshold
        epochs = last
        nextGain = gain(last)
    }
}
