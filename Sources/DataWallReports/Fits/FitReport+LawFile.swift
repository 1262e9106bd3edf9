public import LawFiles
import LawFitting
import ScalingLaws

extension FitReport {
    /// The fitted law as a file for predictions and plans.
    ///
    /// - Parameters:
    ///   - name: The fitted law's name, or `nil` for the law's own with `-fitted`.
    ///   - source: The source of the runs, such as a file with its digest.
    /// - Returns: The law with fitted coefficients, ensemble, covariance and the range of the runs.
    public func lawFile(named name: String? = nil, source: String) -> FileLaw {
        let name = name ?? "\(fit.law.card.identifier)-fitted"
        var card = fit.card(named: name, source: source, ensemble: ensemble, forecastError: forecastError)
        card.warnings = warnings
        var law =
            fit.law is FileLaw ? FileLaw(card: card, formula: fit.law.formula) : FileLaw(card: card, form: fit.law)
        law.madeBy = madeBy
        return law
    }
}
