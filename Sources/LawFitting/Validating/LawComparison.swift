public import ScalingLaws

/// Several laws fitted to the same runs.
public struct LawComparison: Sendable {
    /// How one law did.
    public struct Entry: Sendable {
        /// The law's name.
        public let law: String

        /// The fit, or `nil` where the law could not be fitted.
        public let fit: LawFit?

        /// Akaike's criterion, corrected for small samples; only differences mean something.
        public let aicc: Double?

        /// The scores on held-out runs; empty if there are none, or if the law could not be fitted without them.
        public let holdOut: [HoldOutScore]

        /// The backtest: the law fitted to cheap runs and tested on more expensive ones; `nil` if there are too few
        /// runs.
        public let backtest: Backtest?

        /// The mean error to expect at ten times the fitted compute.
        public var expectedError: Double? { backtest?.expectedError(decades: 1) }

        /// Why something is missing.
        public let note: String?

        /// The mean relative error over all runs held out.
        public var holdOutError: Double? {
            let tested = holdOut.reduce(0) { $0 + $1.testedRuns }
            guard tested > 0 else { return nil }
            return holdOut.reduce(0) { $0 + $1.meanError * Double($1.testedRuns) } / Double(tested)
        }
    }

    /// The laws, sorted by hold-out error if runs were held out, else by the error to expect at ten times the fitted
    /// compute, else by AICc; laws that could not be fitted come last.
    public let entries: [Entry]

    /// Fits laws to runs.
    ///
    /// - Parameters:
    ///   - laws: The laws, each fitted with all its coefficients free.
    ///   - runs: The runs.
    ///   - options: The options of the fits; held coefficients apply to the laws that have them.
    ///   - holdOut: The runs that judge them, or `nil` for the backtest.
    ///   - backtests: Whether laws are backtested.
    public init(
        _ laws: [any ScalingLaw], runs: MeasuredRuns, options: FitOptions = FitOptions(), holdOut: HoldOut? = nil,
        backtests: Bool = true
    ) {
        let entries = laws.map { Self.entry($0, runs, options, holdOut, backtests: backtests) }
        self.entries = entries.enumerated().sorted { first, second in
            Self.rank(first.element, holdOut != nil, first.offset)
                < Self.rank(second.element, holdOut != nil, second.offset)
        }.map(\.element)
        self.isBacktested = entries.contains { $0.backtest != nil }
    }

    /// Whether the laws are sorted by their backtests if no runs were held out.
    public let isBacktested: Bool

    private static func rank(_ entry: Entry, _ judged: Bool, _ position: Int) -> (Double, Double, Int) {
        let error = judged ? entry.holdOutError : entry.expectedError
        let isJudged = judged || entry.fit == nil || entry.expectedError == nil
        return (error ?? (isJudged ? .infinity : 0), entry.aicc ?? .infinity, position)
    }

    private static func entry(
        _ law: any ScalingLaw, _ runs: MeasuredRuns, _ options: FitOptions, _ holdOut: HoldOut?, backtests: Bool
    ) -> Entry {
        let name = law.card.identifier
        var options = options
        let names = Set(law.card.coefficientNames)
        options.held = options.held.filter { names.contains($0.key) }
        options.freed = options.freed.intersection(names)
        let fitter = LawFitter(law, options: options)
        let fit: LawFit
        do {
            fit = try fitter.fit(runs)
        } catch {
            return Entry(law: name, fit: nil, aicc: nil, holdOut: [], backtest: nil, note: error.description)
        }
        var scores: [HoldOutScore] = []
        var note: String?
        if let holdOut {
            do {
                scores = try fitter.validate(holdOut, on: runs)
            } catch {
                note = error.description
            }
        }
        return Entry(
            law: name, fit: fit, aicc: fit.aicc, holdOut: scores, backtest: backtests ? fitter.backtest(runs) : nil,
            note: note)
    }
}

extension LawFit {
    /// Akaike's information criterion corrected for small samples (Hurvich and Tsai 1989); `nil` for too few runs.
    ///
    /// Errors of log loss are assumed normal under squares, and double exponential (Laplace) under Huber and absolute
    /// errors, which approach its maximum likelihood if delta is small compared with the errors. Their scale counts as
    /// one more coefficient.
    public var aicc: Double? {
        let used = zip(residuals, runs.runs).filter { $0.1.weight > 0 }.map(\.0)
        let n = Double(used.count)
        let k = Double(freeCoefficients.count + 1)
        guard n > k + 1 else { return nil }
        let scale =
            switch options.objective {
            case .squares: 0.5 * Elementary.log(used.reduce(0) { $0 + $1 * $1 } / n)
            case .huber, .absolute: Elementary.log(2 * used.reduce(0) { $0 + abs($1) } / n)
            }
        return 2 * n * scale + 2 * k + 2 * k * (k + 1) / (n - k - 1)
    }
}
