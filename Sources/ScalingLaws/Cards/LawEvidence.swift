/// How well a law ranked the runs of one budget, measured on runs that it was not fitted to.
///
/// Advice compares runs with each other. So the error of differences counts: of ln L̂ − ln L between runs of equal
/// unique tokens and nearly equal compute. A law that is wrong by a constant has no such error.
public struct LawEvidence: Sendable, Hashable {
    /// How often the runs passed over their data.
    public enum Regime: String, Sendable, Hashable, CaseIterable {
        /// At most one epoch.
        case oneEpoch = "one_epoch"

        /// More than one and at most 16.
        case severalEpochs = "several_epochs"

        /// More than 16.
        case manyEpochs = "many_epochs"

        /// The regime of a number of epochs.
        public init(epochs: Double) {
            self = epochs <= 1 ? .oneEpoch : epochs <= 16 ? .severalEpochs : .manyEpochs
        }
    }

    /// The regime.
    public var regime: Regime

    /// The mean absolute error of differences, in ln L.
    public var contrastError: Double

    /// How many runs were compared.
    public var runs: Int

    /// The runs, in words.
    public var data: String

    /// The command that measures it.
    public var command: String

    /// Creates a measurement.
    public init(regime: Regime, contrastError: Double, runs: Int, data: String, command: String) {
        self.regime = regime
        self.contrastError = contrastError
        self.runs = runs
        self.data = data
        self.command = command
    }
}
