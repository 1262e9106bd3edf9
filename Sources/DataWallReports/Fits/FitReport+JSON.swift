import LawFitting
public import OrderedJSON
import ScalingLaws

extension FitReport {
    /// The report as JSON, in a key order that does not change.
    public var json: JSONValue {
        var members: [JSONMember] = [
            member("format", .string(FitFile.formatName)), member("version", .integer(FitFile.version)),
            member("made_by", madeBy.json), member("law", .string(fit.law.card.identifier)),
            member("formula", .string(fit.law.formula.description)),
            member("form_source", .string(fit.law.card.provenance.source)),
            member("source", source.map { .string($0) } ?? .null),
            member("runs", .integer(fit.runs.count)), member("loss_unit", .string(fit.runs.lossUnit.rawValue)),
            member("objective", .string(fit.options.objective.summary)),
            member("objective_value", Self.number(fit.objectiveValue)), member("converged", .bool(fit.converged)),
            member("starts", .integer(fit.starts)), member("evaluations", .integer(fit.evaluations)),
            member("r_squared", Self.number(fit.determination)),
            member("median_relative_error", Self.number(Self.median(fit.relativeErrors))),
            member("aicc", Self.number(fit.aicc)), member("repeatability", Self.number(fit.runs.repeatability)),
            member("interval_level", Self.number(level)),
        ]
        members += forecastJSON
        members += [
            member("coefficients", .object(coefficients)), member("optima", .array(fit.optima.map(optimum))),
            member("range", range),
        ]
        if let ensemble {
            members.append(
                member(
                    "bootstrap",
                    .object([
                        member("samples", .integer(ensemble.members.count)),
                        member("failures", .integer(ensemble.failures)),
                        member("unit", .string(ensemble.options.unit.rawValue)),
                        member("seed", .integer(Int(clamping: ensemble.options.seed))),
                    ])))
        }
        if let holdOut {
            members.append(
                member(
                    "hold_out",
                    .object([
                        member("choice", .string(holdOut.choice.summary)),
                        member("scores", .array(holdOut.scores.map(Self.score))),
                    ])))
        }
        if let comparison { members.append(member("comparison", .array(comparison.entries.map(Self.entry)))) }
        if let allocation { members.append(member("allocation", Self.allocation(allocation))) }
        if let sensitivity { members.append(member("sensitivity", Self.sensitivity(sensitivity))) }
        if let setups { members.append(member("setups", Self.setupJSON(setups))) }
        if let regret { members.append(member("regret", Self.regretJSON(regret))) }
        if let watch { members.append(member("watch", Self.watchJSON(watch))) }
        if !trends.isEmpty { members.append(member("residual_trends", .array(trends.map(Self.trend)))) }
        members.append(member("warnings", .array(warnings.map { .string($0) })))
        members.append(member("residuals", .array(residuals)))
        return .object(members)
    }

    /// The runs with what the law says of them.
    private var residuals: [JSONValue] {
        let predictions = fit.predictions
        return fit.runs.runs.enumerated().map { index, run in
            .object([
                member("row", .integer(run.row)), member("parameters", Self.number(run.parameters)),
                member("tokens", Self.number(run.tokens)), member("unique_tokens", Self.number(run.uniqueTokens)),
                member("epochs", Self.number(run.epochs)), member("loss", Self.number(run.loss)),
                member("predicted", Self.number(predictions[index])),
                member("log_residual", Self.number(fit.residuals[index])),
            ])
        }
    }

    private var coefficients: [JSONMember] {
        zip(fit.law.card.coefficients, fit.coefficients).map { coefficient, value in
            let name = coefficient.name
            let isFree = fit.freeCoefficients.contains(name)
            var members = [member("value", Self.number(value)), member("fitted", .bool(isFree))]
            if isFree {
                let contact = fit.boundaries.first { $0.name == name }
                members += [
                    member("standard_error", Self.number(ensemble?.standardError(of: name))),
                    member("interval", Self.interval(ensemble?.interval(of: name, level: level))),
                    member("percentile_interval", Self.interval(ensemble?.percentileInterval(of: name, level: level))),
                ]
                if let profile = profiles.first(where: { $0.name == name }) {
                    members += [
                        member("profile_interval", Self.interval(profile.interval)),
                        member("identifiability", .string(identifiability(of: profile).rawValue)),
                    ]
                }
                members.append(member("at_bound", contact.map { .string($0.side.rawValue) } ?? .null))
            }
            return member(name, .object(members))
        }
    }

    private func optimum(_ optimum: LocalOptimum) -> JSONValue {
        .object([
            member("objective", Self.number(optimum.value)), member("starts", .integer(optimum.starts)),
            member(
                "coefficients",
                .object(
                    zip(fit.law.card.coefficientNames, optimum.coefficients).map { member($0, Self.number($1)) })),
        ])
    }

    private var range: JSONValue {
        let range = fit.runs.range
        func span(_ range: ClosedRange<Double>?) -> JSONValue {
            range.map { .array([Self.number($0.lowerBound), Self.number($0.upperBound)]) } ?? .null
        }
        return .object([
            member("parameters", span(range.parameters)), member("tokens", span(range.tokens)),
            member("unique_tokens", span(range.uniqueTokens)), member("epochs", span(range.epochs)),
            member("flops", span(range.compute)),
        ])
    }

    private static func score(_ score: HoldOutScore) -> JSONValue {
        .object([
            member("name", .string(score.name)), member("fitted_on", .integer(score.trainedRuns)),
            member("tested_on", .integer(score.testedRuns)), member("mean_error", number(score.meanError)),
            member("median_error", number(score.medianError)), member("worst_error", number(score.worstError)),
            member("bias", number(score.bias)),
        ])
    }

    private static func entry(_ entry: LawComparison.Entry) -> JSONValue {
        .object([
            member("law", .string(entry.law)),
            member("coefficients", entry.fit.map { .integer($0.freeCoefficients.count) } ?? .null),
            member("objective_value", number(entry.fit?.objectiveValue)),
            member("r_squared", number(entry.fit?.determination)),
            member("median_relative_error", number(entry.fit.flatMap { median($0.relativeErrors) })),
            member("expected_error", number(entry.expectedError)),
            member("backtest_error", number(entry.backtest?.meanError)),
            member("aicc", number(entry.aicc)), member("hold_out_error", number(entry.holdOutError)),
            member("note", entry.note.map { .string($0) } ?? .null),
        ])
    }

    private static func allocation(_ allocation: AllocationAnalysis) -> JSONValue {
        .object([
            member(
                "estimates",
                .array(
                    allocation.estimates.map { estimate in
                        .object([
                            member("approach", .string(estimate.approach.rawValue)),
                            member("parameters_coefficient", number(estimate.parameters.coefficient)),
                            member("parameters_exponent", number(estimate.parameters.exponent)),
                            member("tokens_exponent", number(estimate.tokensExponent)),
                            member(
                                "bias",
                                estimate.bias.map {
                                    .object([
                                        member("exponent", number($0.exponent)),
                                        member("parameters_ratio", number($0.parametersRatio)),
                                    ])
                                } ?? .null),
                            member(
                                "points",
                                .array(
                                    estimate.points.map {
                                        .object([
                                            member("flops", number($0.compute)),
                                            member("parameters", number($0.parameters)),
                                            member("loss", number($0.loss)), member("runs", .integer($0.runs)),
                                        ])
                                    })),
                        ])
                    })), member("notes", .array(allocation.notes.map { .string($0) })),
        ])
    }

    private static func sensitivity(_ sensitivity: Sensitivity) -> JSONValue {
        .object([
            member("noise_0.001", .object(zip(sensitivity.names, sensitivity.noise).map { member($0, number($1)) })),
            member("best_parameters_at_flops", number(sensitivity.compute)),
            member("best_parameters", number(sensitivity.bestParameters)),
            member("best_parameters_log_noise", number(sensitivity.bestParametersNoise)),
            member(
                "changes",
                .array(
                    sensitivity.changes.map { change in
                        .object([
                            member("name", .string(change.name)), member("runs", .integer(change.runs)),
                            member(
                                "coefficients",
                                .object(zip(sensitivity.names, change.coefficients).map { member($0, number($1)) })),
                            member("best_parameters", number(change.bestParameters)),
                        ])
                    })), member("notes", .array(sensitivity.notes.map { .string($0) })),
        ])
    }

    private static func trend(_ trend: ResidualTrend) -> JSONValue {
        .object([
            member("quantity", .string(trend.quantity)), member("probability", number(trend.probability)),
            member("structure", .bool(trend.hasStructure)),
            member(
                "bins",
                .array(
                    trend.bins.map {
                        .object([
                            member("from", number($0.from)), member("to", number($0.to)),
                            member("runs", .integer($0.runs)),
                            member("mean_log_residual", number($0.meanResidual)),
                        ])
                    })),
        ])
    }

    private func member(_ key: String, _ value: JSONValue) -> JSONMember { JSONMember(key: key, value: value) }
    static func member(_ key: String, _ value: JSONValue) -> JSONMember { JSONMember(key: key, value: value) }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }

    /// JSON has no infinities: an open end is null.
    static func number(_ value: Double?) -> JSONValue {
        value.flatMap { $0.isFinite ? .number($0) : nil } ?? .null
    }

    static func interval(_ interval: Interval?) -> JSONValue {
        interval.map { .array([number($0.lower), number($0.upper)]) } ?? .null
    }
}
