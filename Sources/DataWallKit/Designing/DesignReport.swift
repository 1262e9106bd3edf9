import DataWallReports
import LawFitting
import Quantities
public import RunDesign
public import ScalingLaws
import Tables
public import TrainingPlanning

/// Runs to train before a big one: for a terminal, as JSON, and as the table that `fit` reads.
public struct DesignReport: Sendable {
    /// The design.
    public let design: TrainingDesign

    /// The cluster that trains the runs, or `nil` if no accelerator is known.
    public let cluster: TrainingCluster?

    /// Runs that find the mixture, or `nil` if none were requested.
    public let pilots: Pilots?

    /// Remarks on the design, one sentence each.
    public let notes: [String]

    /// Whether a person gave the scatter of runs.
    let hasOwnScatter: Bool

    /// The command line that makes the report again, or `nil` if no command made it.
    public let madeBy: String?

    /// Each run, with the values that rules suggest for it.
    let entries: [Entry]

    /// A run, with the values that rules suggest for it.
    struct Entry: Sendable {
        let number: Int
        let run: DesignedRun
        let suggestion: HyperparameterSuggestion?
    }

    /// How far outside its range a rule is still used, as a factor; the same as in plans.
    private static let mostExtrapolation = 30.0

    /// Creates a report.
    ///
    /// - Parameters:
    ///   - design: The design.
    ///   - cluster: The cluster that trains the runs, if known.
    ///   - pilots: Runs that find the mixture.
    ///   - rules: Rules for batch size and learning rate; the first that applies to a run is used.
    ///   - notes: Further notes.
    ///   - hasOwnScatter: Whether the user gave the scatter of runs.
    ///   - madeBy: The command line that makes the report again.
    public init(
        _ design: TrainingDesign, cluster: TrainingCluster? = nil, pilots: Pilots? = nil,
        rules: [any HyperparameterLaw] = [], notes: [String] = [], hasOwnScatter: Bool = false, madeBy: String? = nil
    ) {
        self.design = design
        self.cluster = cluster
        self.pilots = pilots
        self.notes = notes
        self.hasOwnScatter = hasOwnScatter
        self.madeBy = madeBy
        let asked = rules.filter { $0.batchFormula != nil && $0.learningRateFormula != nil }
        entries = design.runs.enumerated().map { index, run in
            let suggestions = asked.compactMap { rule -> HyperparameterSuggestion? in
                let size = rule.card.setup.countsEmbeddings ? run.shape.parameters : run.shape.nonEmbeddingParameters
                // A rule without a value for a run suggests nothing for it.
                guard let found = try? rule.suggestion(parameters: Double(size), tokens: run.tokens) else { return nil }
                return found.extrapolation <= Self.mostExtrapolation ? found : nil
            }
            return Entry(number: index + 1, run: run, suggestion: suggestions.first)
        }
    }

    /// The compute of all runs, pilots included, in FLOPs.
    public var flops: Double { design.compute + (pilots?.flops ?? 0) }

    /// The table of runs to fill in; with losses, it is input for `datawall fit`.
    ///
    /// The suggestions of rules have column names of their own, so that a fit does not take them for the values used in
    /// training.
    public var csv: String {
        let heads = [
            "run", "params", "tokens", "unique_tokens", "flops", "level", "layers", "width", "heads", "key_value_heads",
            "feed_forward", "suggested_batch_tokens", "suggested_learning_rate", "loss",
        ]
        let rows = entries.map { entry in
            let (run, shape) = (entry.run, entry.run.shape)
            return [
                "\(entry.number)", Quantity.exact(run.parameters), Quantity.exact(run.tokens),
                Quantity.exact(run.uniqueTokens), Quantity.rounded(run.compute, digits: 12),
                Quantity.rounded(run.level, digits: 6), "\(shape.layers)", "\(shape.width)", "\(shape.heads)",
                "\(shape.keyValueHeads)", "\(shape.feedForwardWidth)",
                entry.suggestion?.batchTokens.map { Quantity.exact($0.rounded()) } ?? "",
                entry.suggestion?.learningRate.map { Quantity.rounded($0, digits: 3) } ?? "", "",
            ]
        }
        return DelimitedText.lines([heads] + rows)
    }
}
