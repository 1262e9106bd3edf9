import LawFitting
import ScalingLaws

extension FitReport {
    /// The runs with what the law says of them, as CSV: row, N, D, U, epochs, loss, prediction, log(L̂/L).
    public var residualTable: String {
        var text = "row,params,tokens,unique_tokens,epochs,loss,predicted,log_residual\n"
        let predictions = fit.predictions
        for (index, run) in fit.runs.runs.enumerated() {
            let values = [
                run.parameters, run.tokens, run.uniqueTokens, run.epochs, run.loss, predictions[index],
                fit.residuals[index],
            ]
            text += "\(run.row)," + values.map { "\($0)" }.joined(separator: ",") + "\n"
        }
        return text
    }

    /// The profiles, as CSV: coefficient, value held, least objective, then all coefficients of that fit.
    public var profileTable: String {
        var text =
            "coefficient,value,objective,threshold," + fit.law.card.coefficientNames.joined(separator: ",") + "\n"
        for profile in profiles {
            for point in profile.points {
                let values = [point.value, point.objective, profile.threshold] + point.coefficients
                text += profile.name + "," + values.map { "\($0)" }.joined(separator: ",") + "\n"
            }
        }
        return text
    }
}
