import Quantities
public import TrainingPlanning

/// Runs with their ratios and sources, as lines for a terminal.
public struct RunListing: Sendable {
    private let runs: [NamedRun]

    /// Creates a listing.
    public init(_ runs: [NamedRun]) { self.runs = runs }

    /// The listing, line by line.
    ///
    /// - Parameter explained: Whether every run is listed, with its source; otherwise the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var table = TextTable(columns: [
            "model": .left, "N": .right, "D": .right, "tokens/N": .right, "U": .right,
        ])
        for run in runs {
            table.add([
                run.name, Quantity.short(run.parameters), Quantity.short(run.tokens),
                Quantity.significant(run.tokensPerParameter, digits: 4),
                run.uniqueTokens.map { Quantity.short($0) } ?? "–",
            ])
        }
        var answer = ScreenAnswer()
        answer.say("\(Quantity.count(runs.count, "released model")) that 'datawall compare' knows by name.")
        answer.skipLine()
        answer.show(table, of: "model")
        answer.explain("Sources", runs.compactMap { run in run.source.map { "\(run.name): \($0)" } })
        return answer.lines(explained: explained)
    }
}
