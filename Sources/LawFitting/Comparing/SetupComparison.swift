public import ScalingLaws

/// A comparison of two setups, such as architectures or data recipes, under one law: they may differ by exponents, or
/// only by factors.
public struct SetupComparison: Sendable, Hashable {
    /// How one coefficient differs.
    public struct Difference: Sendable, Hashable {
        /// The coefficient.
        public let name: String

        /// Its value in the first setup.
        public let first: Double

        /// Its value in the second.
        public let second: Double

        /// Whether `change` is a ratio (second over first) or a difference (second minus first).
        public let isRatio: Bool

        /// Ratio or difference.
        public let change: Double

        /// The interval of the ratio or difference, from resamples of each setup's runs.
        public let interval: Interval?
    }

    /// The conclusion from the runs.
    public enum Verdict: String, Sendable, Hashable {
        /// One set of coefficients serves both.
        case same = "no difference seen"

        /// Factors differ, exponents need not: one setup is a constant multiple of effort better.
        case factors = "only factors differ"

        /// Exponents differ: the gap changes with scale.
        case exponents = "exponents differ"
    }

    /// The names of the two groups.
    public let names: [String]

    /// All coefficients fitted apart.
    public let differences: [Difference]

    /// The factors with exponents in common.
    public let factorsAtCommonExponents: [Difference]

    /// The p-value of the gain from letting all coefficients differ, if in truth none differs.
    public let differenceProbability: Double

    /// The p-value of the gain from letting exponents differ too, if in truth only factors differ.
    public let exponentsProbability: Double

    /// The conclusion at a significance level of 1 in 20.
    public let verdict: Verdict

    /// Compares two groups of runs.
    ///
    /// Three fits are nested: everything in common, factors apart (coefficients with a unit), everything apart. Gains in
    /// the objective are judged against chance by χ² (``FitObjective`` is not a likelihood: its scale is estimated as
    /// for profiles). Intervals come from resamples within each group.
    ///
    /// - Parameters:
    ///   - law: The law.
    ///   - runs: Runs with groups.
    ///   - names: The two groups to compare.
    ///   - options: How the law is fitted.
    ///   - samples: How many resamples.
    ///   - seed: Their seed.
    /// - Throws: ``FittingError/unknownName(_:kind:nearest:known:)`` for a group without runs, and errors of the fits.
    public init(
        _ law: any ScalingLaw, runs: MeasuredRuns, between names: (String, String), options: FitOptions = FitOptions(),
        samples: Int = 200, seed: UInt64 = 1
    ) throws(FittingError) {
        let groups = runs.groups
        for name in [names.0, names.1] where !groups.contains(name) {
            throw .unknownName(name, kind: "group", nearest: nearestNames(to: name, among: groups), known: groups)
        }
        let first = try runs.selecting(runs.runs.indices.filter { runs.runs[$0].group == names.0 })
        let second = try runs.selecting(runs.runs.indices.filter { runs.runs[$0].group == names.1 })
        let fits = (try LawFitter(law, options: options).fit(first), try LawFitter(law, options: options).fit(second))
        let card = law.card
        let free = Set(fits.0.freeCoefficients)

        var both = first
        both.runs += second.runs
        for index in both.runs.indices {
            both.runs[index].cells[SetupLaw.feature] = index < first.count ? "0" : "1"
        }
        func joint(_ differing: Set<String>) throws(FittingError) -> LawFit {
            // Joint fits start from the result of the separate fits.
            let law = SetupLaw(base: law, differing: differing)
            let start = law.card.coefficients.map { coefficient -> Double in
                if let index = card.coefficientNames.firstIndex(of: coefficient.name) {
                    return fits.0.coefficients[index]
                }
                guard
                    let index = card.coefficientNames.firstIndex(where: { SetupLaw.difference($0) == coefficient.name })
                else { return 0 }
                let (a, b) = (fits.0.coefficients[index], fits.1.coefficients[index])
                let change =
                    SetupLaw.isFactor(card.coefficients[index])
                    ? Elementary.log(Swift.max(b, 1e-9) / Swift.max(a, 1e-9)) : b - a
                return Swift.min(Swift.max(change, -10), 10)
            }
            return try LawFitter(law, options: options).fit(both, startingAlsoAt: [start])
        }
        let factors = Set(card.coefficients.filter { SetupLaw.isFactor($0) && free.contains($0.name) }.map(\.name))
        let common = try joint([])
        let apart = try joint(factors)
        let delta: Double =
            switch options.objective {
            case .huber(let delta): delta
            case .squares: .infinity
            case .absolute: options.objective.stages.last ?? 1e-8
            }
        let scale: Double =
            if case .absolute = options.objective { delta } else { 1 }
        let full = (fits.0.objectiveValue + fits.1.objectiveValue) * scale
        let kappa = ObjectiveScale.kappa(
            residuals: fits.0.residuals + fits.1.residuals, weights: (first.runs + second.runs).map(\.weight),
            delta: delta, coefficients: 2 * free.count)
        let exponents = free.count - factors.count
        differenceProbability = NormalDistribution.chiSquareTail(
            2 * (common.objectiveValue * scale - full) / kappa, degrees: free.count)
        exponentsProbability =
            exponents == 0
            ? 1
            : NormalDistribution.chiSquareTail(2 * (apart.objectiveValue * scale - full) / kappa, degrees: exponents)
        verdict = differenceProbability > 0.05 ? .same : exponentsProbability > 0.05 ? .factors : .exponents
        self.names = [names.0, names.1]

        let ensembles = (
            try fits.0.bootstrap(BootstrapOptions(samples: samples, seed: seed)),
            try fits.1.bootstrap(BootstrapOptions(samples: samples, seed: seed &+ 1))
        )
        differences = card.coefficients.enumerated().filter { free.contains($0.element.name) }.map {
            index, coefficient in
            let isRatio = SetupLaw.isFactor(coefficient)
            func change(_ a: Double, _ b: Double) -> Double { isRatio ? b / a : b - a }
            let drawn = zip(ensembles.0.members, ensembles.1.members).map { change($0[index], $1[index]) }.sorted()
            let (a, b) = (fits.0.coefficients[index], fits.1.coefficients[index])
            return Difference(
                name: coefficient.name, first: a, second: b, isRatio: isRatio, change: change(a, b),
                interval: Self.interval(drawn))
        }
        let ensemble = try apart.bootstrap(BootstrapOptions(samples: samples, seed: seed &+ 2))
        factorsAtCommonExponents = card.coefficients.filter { factors.contains($0.name) }.map { coefficient in
            let name = SetupLaw.difference(coefficient.name)
            let drawn = (ensemble.values(of: name) ?? []).map { Elementary.exp($0) }.sorted()
            let ratio = Elementary.exp(apart[name] ?? 0)
            let value = apart[coefficient.name] ?? 0
            return Difference(
                name: coefficient.name, first: value, second: value * ratio, isRatio: true, change: ratio,
                interval: Self.interval(drawn))
        }
    }

    private static func interval(_ sorted: [Double]) -> Interval? {
        let known = sorted.filter { $0.isFinite }
        guard known.count >= 20 else { return nil }
        return Interval(
            lower: OrderStatistics.quantile(0.05, sorted: known), upper: OrderStatistics.quantile(0.95, sorted: known),
            level: 0.9)
    }
}
