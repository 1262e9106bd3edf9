import DataWallReports
import LawFitting
import Quantities
import ScalingLaws
import TrainingPlanning

/// A benchmark error to reach, through a curve of error over the loss.
public struct TargetErrorRequest: Sendable {
    /// The share of wrong answers to reach.
    public var error: Double

    /// The path of a file that `datawall fit --error-column` wrote.
    public var curve: String

    /// Creates a request.
    public init(error: Double, curve: String) {
        self.error = error
        self.curve = curve
    }

    /// The loss to reach, with warnings for the reader of the plan.
    ///
    /// - Throws: `InputFailure` for a file that cannot be read or used, and for an error that the curve never has.
    func target(of laws: [any ScalingLaw]) throws -> (loss: Double, warnings: [PlanWarning]) {
        let input = try InputFile(path: curve)
        return try InputFailure.naming(curve) {
            let file = try ErrorCurveFile(parsing: input.bytes)
            let target = try file.fit.target(error: error)
            var warnings = [remark(target, file)]
            let units = Set(laws.map(\.card.setup.lossUnit))
            guard units == [file.lossUnit.rawValue] else {
                throw RequestError(
                    "its losses are in \(file.lossUnit.rawValue) and those of the laws in "
                        + "\(units.sorted().joined(separator: ", ")). Fit law and curve to the same runs")
            }
            if laws.contains(where: { $0.card.provenance.kind != .user }) {
                warnings.append(
                    PlanWarning(
                        code: "target_of_other_runs", severity: .warning,
                        message: "The losses of the curve are those of its runs. Losses of laws fitted to other "
                            + "text, or with another tokenizer, do not compare: follow a law fitted to the same runs "
                            + "(--law FILE)."
                    ))
            }
            return (target.loss, warnings)
        }
    }

    private func remark(_ target: ErrorCurveFit.Target, _ file: ErrorCurveFile) -> PlanWarning {
        let interval = target.interval.map { interval in
            let range = Quantity.range(from: interval.lower, to: interval.upper) { Quantity.fixed($0, decimals: 3) }
            return " (\(range) with \(Quantity.percent(interval.level)) confidence)"
        }
        return PlanWarning(
            code: "target_error", severity: target.isExtrapolated ? .warning : .info,
            message: "An error of \(Quantity.percent(error)) on '\(file.benchmark)' needs a loss of "
                + "\(Quantity.fixed(target.loss, decimals: 3))\(interval ?? "") by the \(file.form.rawValue) curve of "
                + "\(Quantity.count(file.runs, "run"))"
                + (target.isExtrapolated ? ", which is beyond the losses that the curve was fitted to." : "."),
            value: error, limit: target.loss)
    }
}
