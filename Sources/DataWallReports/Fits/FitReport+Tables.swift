import LawFitting
import ScalingLaws
import Tables

extension FitReport {
    /// The runs with the law's predictions, as CSV: row, N, D, U, epochs, loss, prediction, log(L̂/L).
    public var residualTable: String {
        var rows = [["row", "params", "tokens", "unique_tokens", "epochs", "loss", "predicted", "log_residual"]]
        let predictions = fit.predictions
        for (index, run) in fit.runs.runs.enumerated() {
            let values = [
                run.parameters, run.tokens, run.uniqueTokens, run.epochs, run.loss, predictions[index],
                fit.residuals[index],
            ]
            rows.append(["\(run.row)"] + values.map { "\($0)" })
        }
        return DelimitedText.lines(rows)
    }

    /// The profiles, as CSV: coefficient, value held, least objective, then all coefficients of that fit.
    public var profileTable: String {
        var rows = [
            ["coefficient", "value", "objective", "threshold"] + fit.law.card.coefficientNames.map(DelimitedText.cell)
        ]
        for profile in profiles {
            for point in profile.points {
                let values = [point.value, point.objective, profile.threshold] + point.coefficients
                rows.append([DelimitedText.cell(profile.name)] + values.map { "\($0)" })
            }
        }
        return DelimitedText.lines(rows)
    }
}
