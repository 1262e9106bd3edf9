public import LawFitting
public import ScalingLaws

/// The steps of a study of a fit, from the fit itself to its report.
public struct FitAnalysis: Sendable {
    /// How laws are fitted.
    public var options: FitOptions

    /// The number of resamples to fit; 0 for none.
    public var bootstrap: BootstrapOptions?

    /// Whether the objective is profiled over every coefficient.
    public var profilesCoefficients = true

    /// Whether the law is backtested, which takes 20 runs or more.
    public var backtests = true

    /// Whether the strength of a prior is chosen by backtests inside the runs.
    public var choosesStrength = false

    /// Which runs judge the fit without having taken part in it.
    public var holdOut: HoldOut?

    /// Whether small changes of the runs are tried.
    public var triesSensitivity = false

    /// Whether the best size over compute is estimated by all three approaches.
    public var estimatesAllocation = false

    /// Two groups of runs to compare as setups.
    public var setups: (first: String, second: String)?

    /// The compute from which the choices of laws are compared with the best run, in FLOPs; `nil` for no comparison.
    public var regretFrom: Double?

    /// A run in flight to compare with its forecast.
    public var flight: Flight?

    /// A run in progress: its log and its planned end.
    public struct Flight: Sendable {
        /// Tokens processed and loss, point by point.
        public var log: [(tokens: Double, loss: Double)]

        /// N.
        public var parameters: Double

        /// D at its end.
        public var tokens: Double

        /// The unique tokens available, or `nil` for as many as D.
        public var uniqueTokens: Double?

        /// How far above its forecast it may be, as a share.
        public var allowance: Double

        /// Creates a run in flight.
        public init(
            log: [(tokens: Double, loss: Double)], parameters: Double, tokens: Double, uniqueTokens: Double? = nil,
            allowance: Double = 0
        ) {
            self.log = log
            self.parameters = parameters
            self.tokens = tokens
            self.uniqueTokens = uniqueTokens
            self.allowance = allowance
        }
    }

    /// The probability of the intervals.
    public var level = 0.9

    /// Creates a study that fits, resamples and profiles.
    public init(options: FitOptions = FitOptions(), bootstrap: BootstrapOptions? = BootstrapOptions()) {
        self.options = options
        self.bootstrap = bootstrap
    }

    /// Fits laws to runs and makes the studies requested.
    ///
    /// - Parameters:
    ///   - laws: The laws. With several, they are compared and the best is reported: by hold-out error where runs are
    ///     held out, else by the error to expect at ten times the fitted compute, else by Akaike's criterion.
    ///   - runs: The runs.
    /// - Returns: The report.
    /// - Throws: `FittingError` of the reported law; in a comparison, laws that cannot be fitted are noted instead.
    /// - Precondition: There is a law.
    public func report(_ laws: [any ScalingLaw], on runs: MeasuredRuns) throws(FittingError) -> FitReport {
        precondition(!laws.isEmpty, "a study needs a law")
        guard level > 0, level < 1 else {
            throw .unusableOption("the level of intervals", reason: "must be between 0 and 1, not be \(level)")
        }
        var law = laws[0]
        var comparison: LawComparison?
        if laws.count > 1 {
            let compared = LawComparison(laws, runs: runs, options: options, holdOut: holdOut, backtests: backtests)
            comparison = compared
            if let best = compared.entries.first?.fit { law = best.law }
        }
        var options = options
        if laws.count > 1 {
            let names = Set(law.card.coefficientNames)
            options.held = options.held.filter { names.contains($0.key) }
            options.freed = options.freed.intersection(names)
        }
        var fitter = LawFitter(law, options: options)
        var strengths: [PriorStrengthScore] = []
        if choosesStrength { (fitter, strengths) = fitter.choosingStrength(on: runs) }
        options = fitter.options
        var report = FitReport(try fitter.fit(runs), level: level)
        report.comparison = comparison
        report.strengths = strengths
        report.isBacktested = backtests
        if let bootstrap { report.ensemble = try report.fit.bootstrap(bootstrap) }
        if backtests {
            report.backtest = comparison?.entries.first { $0.law == law.card.identifier }?.backtest
            if report.backtest == nil || choosesStrength { report.backtest = fitter.backtest(runs) }
        }
        report.forecastError = try report.fit.forecastError(backtest: report.backtest)
        report.forecast = FitForecast(
            report.fit, ensemble: report.ensemble, backtest: report.backtest, error: report.forecastError, level: level)
        if profilesCoefficients {
            for name in report.fit.freeCoefficients {
                report.profiles.append(try report.fit.profile(of: name, level: level))
            }
        }
        report.trends = report.fit.residualTrends()
        if let holdOut { report.holdOut = (holdOut, try fitter.validate(holdOut, on: runs)) }
        if triesSensitivity { report.sensitivity = try report.fit.sensitivity() }
        if estimatesAllocation { report.allocation = AllocationAnalysis(report.fit) }
        if let setups {
            report.setups = try SetupComparison(
                law, runs: runs, between: (setups.first, setups.second), options: options,
                samples: Swift.max(bootstrap?.samples ?? 200, 20), seed: bootstrap?.seed ?? 1)
        }
        if let regretFrom {
            report.regret = try DecisionRegret(laws, runs: runs, options: self.options, leastCompute: regretFrom)
        }
        if let flight {
            let ensemble: FitEnsemble
            if let known = report.ensemble { ensemble = known } else { ensemble = try report.fit.bootstrap() }
            report.watch = try RunWatch(
                flight.log, parameters: flight.parameters, tokens: flight.tokens, uniqueTokens: flight.uniqueTokens,
                ensemble: ensemble, error: report.forecastError, allowance: flight.allowance, level: level)
        }
        return report
    }
}
