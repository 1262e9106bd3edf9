import CorpusAudit
import LawFitting
public import OrderedJSON
import ScalingLaws

extension FitReport {
    /// The report as JSON, in a key order that does not change.
    public var json: JSONValue { file.object }

    /// The report as its file states it.
    public var file: FitFile {
        var file = FitFile.blank
        file.datawallVersion = DataWallVersion.current
        file.madeBy = madeBy
        file.inputs = inputs
        file.law = fit.law.card.identifier
        file.formula = fit.law.formula.description
        file.formSource = fit.law.card.provenance.source
        file.runs = fit.runs.count
        file.lossUnit = fit.runs.lossUnit
        file.objective = fit.options.objective.summary
        file.objectiveValue = fit.objectiveValue
        file.isConverged = fit.converged
        file.starts = fit.starts
        file.evaluations = fit.evaluations
        file.determination = fit.determination
        file.medianRelativeError = Self.median(fit.relativeErrors)
        file.aicc = fit.aicc
        file.repeatability = fit.runs.repeatability
        file.intervalLevel = level
        file.coefficients = JSONDictionary(
            fit.law.card.coefficientNames, zip(fit.law.card.coefficientNames, fit.coefficients).map(coefficient))
        file.range = fit.runs.range
        file.bootstrap = ensemble.map { ensemble in
            FitFile.Bootstrap(
                samples: ensemble.members.count, failures: ensemble.failures, unit: ensemble.options.unit,
                seed: Int(clamping: ensemble.options.seed))
        }
        file.holdOut = holdOut.map { FitFile.HoldOut(choice: $0.choice.summary, scores: $0.scores) }
        file.comparison = comparison?.entries.map(Self.entry) ?? []
        file.allocation = allocation.map { FitFile.Allocation(estimates: $0.estimates, notes: $0.notes) }
        file.warnings = warnings
        file.residuals = residuals
        file.studies = studies
        return file
    }

    private func coefficient(_ name: String, _ value: Double) -> FitFile.Coefficient {
        guard fit.freeCoefficients.contains(name) else { return FitFile.Coefficient(value: value, isFitted: false) }
        let profile = profiles.first { $0.name == name }
        return FitFile.Coefficient(
            value: value, standardError: ensemble?.standardError(of: name),
            interval: FitFile.Ends(ensemble?.interval(of: name, level: level)),
            percentileInterval: FitFile.Ends(ensemble?.percentileInterval(of: name, level: level)),
            profileInterval: FitFile.Ends(profile?.interval), identifiability: profile.map(identifiability),
            bound: fit.boundaries.first { $0.name == name }?.side)
    }

    /// The runs with the law's predictions.
    private var residuals: [FitFile.Residual] {
        let predictions = fit.predictions
        return fit.runs.runs.enumerated().map { index, run in
            FitFile.Residual(
                row: run.row, parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens,
                epochs: run.epochs, loss: run.loss, predicted: predictions[index], logResidual: fit.residuals[index])
        }
    }

    private static func entry(_ entry: LawComparison.Entry) -> FitFile.Entry {
        FitFile.Entry(
            law: entry.law, coefficients: entry.fit?.freeCoefficients.count, objectiveValue: entry.fit?.objectiveValue,
            determination: entry.fit?.determination,
            medianRelativeError: entry.fit.flatMap { median($0.relativeErrors) }, expectedError: entry.expectedError,
            backtestError: entry.backtest?.meanError, aicc: entry.aicc, holdOutError: entry.holdOutError,
            note: entry.note)
    }

    private var studies: FitFile.Studies {
        FitFile.Studies(
            forecast: forecast, backtest: backtest,
            prior: fit.scatter.map {
                FitFile.Prior(
                    dependence: fit.options.dependence, scatter: $0, fromPriorAlone: fit.fromPriorAlone,
                    strengths: strengths)
            },
            worstRows: fit.worstRuns().map { fit.runs.runs[$0].row },
            optima: fit.optima.map {
                FitFile.Optimum(
                    objective: $0.value, starts: $0.starts,
                    coefficients: JSONDictionary(fit.law.card.coefficientNames, $0.coefficients))
            }, sensitivity: sensitivity, setups: setups, regret: regret, watch: watch,
            trends: trends.isEmpty ? nil : trends)
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}
