import Quantities
public import TrainingPlanning

/// Runs with their ratios and sources, as lines for a terminal.
public struct RunListing: Sendable {
    private let runs: [NamedRun]

    /// Creates a listing.
    public init(_ runs: [NamedRun]) { self.runs = runs }

    /// The listing, line by line.
    public func text() -> [String] {
        var table = TextTable(columns: [
            "model": .left, "N": .right, "D": .right, "tokens/N": .right, "U": .right, "source": .left,
        ])
        for run in runs {
            table.add([
                run.name, Quantity.short(run.parameters), Quantity.short(run.tokens),
                Quantity.significant(run.tokensPerParameter, digits: 4),
                run.uniqueTokens.map { Quantity.short($0) } ?? "–", run.source ?? "",
            ])
        }
        return table.lines
    }
}
