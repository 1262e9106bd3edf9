package import OrderedJSON
package import ScalingLaws

// The formats of studies in the file of a fit: each table of fields is the format of one study.

extension Interval: JSONWritable {
    /// The pair of its ends; an open one is `null`.
    package var json: JSONValue { [lower, upper].json }

    package static var schema: [JSONMember] {
        [Double?].schema + [JSONMember(key: "minItems", value: 2), JSONMember(key: "maxItems", value: 2)]
    }
}

extension LossUnit: JSONRepresentable {}
extension Identifiability: JSONRepresentable {}
extension ResampleUnit: JSONRepresentable {}
extension BoundaryContact.Side: JSONRepresentable {}
extension AllocationEstimate.Approach: JSONRepresentable {}

extension HoldOutScore: JSONRecord {
    package static let blank = HoldOutScore(name: "", trainedRuns: 0, residuals: [0])

    package static let fields: [JSONField<HoldOutScore>] = [
        .init("name", \.name, "What was held out."),
        .init("fitted_on", \.trainedRuns, "Runs the law was fitted to.", .notNegative),
        .init("tested_on", \.testedRuns, "Runs it was judged on.", .notNegative),
        .init("mean_error", \.meanError, "The mean relative error."),
        .init("median_error", \.medianError, "The median relative error."),
        .init("worst_error", \.worstError, "The largest relative error."),
        .init("bias", \.bias, "The mean error with its sign."),
    ]
}

extension AllocationEstimate: JSONRecord {
    package static let blank = AllocationEstimate(
        approach: .parametric, points: [], parameters: PowerLawLine(coefficient: 1, exponent: 0), bias: nil)

    package static let fields: [JSONField<AllocationEstimate>] = [
        .init("approach", \.approach, "How the best sizes were found."),
        .init("parameters_coefficient", \.parameters.coefficient, "The factor k of N = k·C^a.", .positive),
        .init("parameters_exponent", \.parameters.exponent, "The exponent a of N = k·C^a."),
        .init(written: "tokens_exponent", \.tokensExponent, "The exponent of D."),
        .init(written: "bias", \.bias, "What the approach gets wrong of losses that the law itself makes."),
        .init("points", \.points, "The best sizes that it rests on."),
    ]
}

extension AllocationEstimate.Point: JSONRecord {
    package static let blank = AllocationEstimate.Point(compute: 1, parameters: 1, loss: 0, runs: 0)

    package static let fields: [JSONField<AllocationEstimate.Point>] = [
        .init("flops", \.compute, "Training compute.", .positive),
        .init("parameters", \.parameters, "The best N.", .positive),
        .init("loss", \.loss, "The loss there."),
        .init("runs", \.runs, "Runs that it was found from.", .notNegative),
    ]
}

extension AllocationEstimate.Bias: JSONWrittenRecord {
    package static let fields: [JSONField<AllocationEstimate.Bias>] = [
        .init(written: "exponent", \.exponent, "The error of the exponent of N."),
        .init(written: "parameters_ratio", \.parametersRatio, "The ratio of the best N to the true one."),
    ]
}

extension FitForecast: JSONWrittenRecord {
    package static let fields: [JSONField<FitForecast>] = [
        .init(written: "flops", \.compute, "Ten times the largest compute of the runs."),
        .init(written: "expected_error", \.expectedError, "The relative error to expect there."),
        .init(written: "best_parameters", \.parameters, "The best N there, every token unique."),
        .init(written: "best_parameters_interval", \.parametersInterval, "Its interval."),
        .init(written: "best_tokens", \.tokens, "The best D."),
        .init(written: "best_loss", \.loss, "The loss of that run."),
        .init(written: "best_loss_interval", \.predictive?.range, "Where a measured loss is expected."),
    ]
}

extension Backtest: JSONWrittenRecord {
    package static let fields: [JSONField<Backtest>] = [
        .init(written: "mean_error", \.meanError, "The mean relative error of the forecasts."),
        .init(written: "bias", \.bias, "Their mean error with its sign."),
        .init(written: "origins", \.origins, "The forecasts, by the compute that was fitted up to."),
        .init(written: "notes", \.notes, "What failed."),
    ]
}

extension Backtest.Origin: JSONWrittenRecord {
    package static let fields: [JSONField<Backtest.Origin>] = [
        .init(written: "flops", \.compute, "The largest compute fitted."),
        .init(written: "fitted_on", \.trainedRuns, "Runs the law was fitted to."),
        .init(written: "tested_on", \.testedRuns, "Runs it was judged on."),
        .init(written: "mean_error", \.meanError, "The mean relative error."),
        .init(written: "median_error", \.medianError, "The median relative error."),
        .init(written: "bias", \.bias, "The mean error with its sign."),
    ]
}

extension PriorStrengthScore: JSONWrittenRecord {
    package static let fields: [JSONField<PriorStrengthScore>] = [
        .init(written: "dependence", \.dependence, "Runs that count as one independent error."),
        .init(written: "backtest_error", \.meanError, "The mean relative error of forecasts with it."),
    ]
}

extension Sensitivity: JSONWrittenRecord {
    package static let fields: [JSONField<Sensitivity>] = [
        .init(
            written: "noise_0.001", { JSONDictionary($0.names, $0.noise) },
            "How far coefficients move when losses move by 0.1 %."),
        .init(written: "best_parameters_at_flops", \.compute, "Ten times the largest compute of the runs."),
        .init(written: "best_parameters", \.bestParameters, "The best N there."),
        .init(
            written: "best_parameters_log_noise", \.bestParametersNoise, "How far its logarithm moves by that noise."),
        .init(
            written: "changes", { study in study.changes.map { NamedChange(names: study.names, change: $0) } },
            "Refits without some of the runs."),
        .init(written: "notes", \.notes, "What failed."),
    ]

    private struct NamedChange: JSONWrittenRecord {
        let names: [String]
        let change: Change

        static let fields: [JSONField<NamedChange>] = [
            .init(written: "name", \.change.name, "Which runs were left out."),
            .init(written: "runs", \.change.runs, "How many runs are left."),
            .init(written: "coefficients", { JSONDictionary($0.names, $0.change.coefficients) }, "The refit."),
            .init(written: "best_parameters", \.change.bestParameters, "The best N by it."),
        ]
    }
}

extension SetupComparison: JSONWrittenRecord {
    package static let fields: [JSONField<SetupComparison>] = [
        .init(written: "groups", \.names, "The two groups of runs."),
        .init(written: "verdict", \.verdict.rawValue, "What differs."),
        .init(
            written: "difference_probability", \.differenceProbability, "The probability of any difference by chance."),
        .init(written: "exponents_probability", \.exponentsProbability, "That of a difference of exponents."),
        .init(written: "differences", \.differences, "The coefficients of both."),
        .init(
            written: "factors_at_common_exponents", \.factorsAtCommonExponents, "The same with exponents in common."),
    ]
}

extension SetupComparison.Difference: JSONWrittenRecord {
    package static let fields: [JSONField<SetupComparison.Difference>] = [
        .init(written: "name", \.name, "The coefficient."),
        .init(written: "first", \.first, "Its value in the first group."),
        .init(written: "second", \.second, "Its value in the second."),
        .init(written: "is_ratio", \.isRatio, "Whether the change is a ratio, not a difference."),
        .init(written: "change", \.change, "The second value over or less the first."),
        .init(written: "interval", \.interval, "The interval of the change."),
    ]
}

extension DecisionRegret: JSONWrittenRecord {
    package static let fields: [JSONField<DecisionRegret>] = [
        .init(written: "cells", \.cells, "The choices: runs of one budget and supply."),
        .init(written: "scores", \.scores, "How each chooser did over all cells."),
    ]
}

extension RegretCells.Cell: JSONWrittenRecord {
    package static let fields: [JSONField<RegretCells.Cell>] = [
        .init(written: "unique_tokens", \.uniqueTokens, "U."),
        .init(written: "flops", \.compute, "The budget."),
        .init(written: "runs", \.choices.count, "Runs to choose among."),
        .init(written: "fitted_on", \.training.count, "Cheaper runs that laws were fitted to."),
        .init(written: "best_loss", \.bestLoss, "The loss of the best choice."),
    ]
}

extension DecisionRegret.Score: JSONWrittenRecord {
    package static let fields: [JSONField<DecisionRegret.Score>] = [
        .init(written: "chooser", \.chooser, "A law or a rule of thumb."),
        .init(written: "mean", \.mean, "The mean regret, as a share of the best loss."),
        .init(written: "interval", \.interval, "Its interval."),
        .init(written: "median", \.median, "The median."),
        .init(written: "worst", \.worst, "The largest."),
        .init(written: "failures", \.failures, "Cells in which it could not choose."),
        .init(written: "regrets", \.regrets, "The regret in each cell."),
    ]
}

extension RunWatch: JSONWrittenRecord {
    package static let fields: [JSONField<RunWatch>] = [
        .init(written: "verdict", \.verdict.rawValue, "The position of the run relative to its forecast."),
        .init(written: "final_forecast", \.finalForecast, "The loss forecast at its end."),
        .init(written: "final_band", \.finalBand, "The interval of that."),
        .init(written: "points", \.points, "The run so far."),
        .init(written: "notes", \.notes, "What limits the comparison."),
    ]
}

extension RunWatch.Point: JSONWrittenRecord {
    package static let fields: [JSONField<RunWatch.Point>] = [
        .init(written: "tokens", \.tokens, "Tokens trained on."),
        .init(written: "loss", \.loss, "The loss measured."),
        .init(written: "forecast", \.forecast, "The loss forecast."),
        .init(written: "band", \.band, "Its interval."),
        .init(written: "position", \.position.rawValue, "The position of the loss relative to the band."),
    ]
}

extension ResidualTrend: JSONWrittenRecord {
    package static let fields: [JSONField<ResidualTrend>] = [
        .init(written: "quantity", \.quantity, "What errors may depend on."),
        .init(written: "probability", \.probability, "The probability of such a trend by chance."),
        .init(written: "structure", \.hasStructure, "Whether that is below 1 %."),
        .init(written: "bins", \.bins, "Errors by parts of the quantity."),
    ]
}

extension ResidualTrend.Bin: JSONWrittenRecord {
    package static let fields: [JSONField<ResidualTrend.Bin>] = [
        .init(written: "from", \.from, "The smallest value."),
        .init(written: "to", \.to, "The largest."),
        .init(written: "runs", \.runs, "How many runs."),
        .init(written: "mean_log_residual", \.meanResidual, "The mean of ln(predicted/measured)."),
    ]
}
