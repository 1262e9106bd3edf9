/// One training run with the loss that it reached.
public struct MeasuredRun: Sendable, Hashable {
    /// N, all parameters.
    public var parameters: Double

    /// D, the tokens processed, repeats included.
    public var tokens: Double

    /// The unique tokens available to the run.
    public var uniqueTokens: Double

    /// The loss that the run reached, in the unit of its table.
    public var loss: Double

    /// The training compute in FLOPs: the table's, or 6·N·D.
    public var compute: Double

    /// How much the run counts in an objective.
    public var weight: Double

    /// The group that the run belongs to, where the table says.
    public var group: String?

    /// The seed, where the table says.
    public var seed: String?

    /// All cells of the run's row as they were written, by column.
    public var cells: [String: String]

    /// The row of the table, counted from 1 without the header.
    public var row: Int

    /// Creates a run.
    public init(
        parameters: Double, tokens: Double, uniqueTokens: Double? = nil, loss: Double, compute: Double? = nil,
        weight: Double = 1, group: String? = nil, seed: String? = nil, cells: [String: String] = [:], row: Int = 0
    ) {
        self.parameters = parameters
        self.tokens = tokens
        self.uniqueTokens = uniqueTokens ?? tokens
        self.loss = loss
        self.compute = compute ?? 6 * parameters * tokens
        self.weight = weight
        self.group = group
        self.seed = seed
        self.cells = cells
        self.row = row
    }

    /// Passes over the unique tokens available.
    public var epochs: Double { tokens / uniqueTokens }
}
