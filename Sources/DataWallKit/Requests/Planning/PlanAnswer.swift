public import DataWallReports
public import OrderedJSON
public import TrainingPlanning

/// The answer to a ``PlanRequest``.
public enum PlanAnswer: Sendable {
    /// One plan, and its file.
    case plan(Plan, file: PlanFile)

    /// Plans over ranges, with the command line that makes them again.
    case sweep(PlanSweep, madeBy: String?)

    /// The plan file, or the sweep as JSON.
    public var json: JSONValue {
        switch self {
        case .plan(_, let file): file.json
        case .sweep(let sweep, let madeBy): sweep.json(madeBy: madeBy)
        }
    }

    /// The answer as lines for a terminal; a sweep is a table in CSV.
    ///
    /// - Parameter isExplained: Whether to add a plan's reasons: families, frontier, prices and all remarks.
    /// - Returns: The lines, without line ends.
    public func text(explained isExplained: Bool = false) -> [String] {
        switch self {
        case .plan(let plan, _): plan.text(explained: isExplained)
        case .sweep(let sweep, _): sweep.csv().split(separator: "\n").map(String.init)
        }
    }
}
