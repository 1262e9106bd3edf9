import ScalingLaws

extension LawFit {
    /// Profiles the objective over a coefficient: holds it at one value after another and fits all others.
    ///
    /// - Parameters:
    ///   - name: A coefficient that the fit left free.
    ///   - values: The values to hold it at, or `nil` to walk both ways from the fitted value until the objective has
    ///     risen past the threshold or the coefficient's range ends.
    ///   - level: The probability of the interval.
    /// - Returns: The profile with interval and verdict.
    /// - Throws: ``FittingError/unknownName(_:kind:nearest:known:)`` for a coefficient that was not fitted.
    public func profile(
        of name: String, at values: [Double]? = nil, level: Double = 0.9
    ) throws(FittingError) -> CoefficientProfile {
        guard let position = space.variables.firstIndex(where: { $0.name == name }) else {
            throw .unknownName(
                name, kind: "fitted coefficient", nearest: nearestNames(to: name, among: freeCoefficients),
                known: freeCoefficients)
        }
        let variable = space.variables[position]
        guard degreesOfFreedom > 0 else {
            // There are as many coefficients as runs: the other coefficients can compensate for each held value, or
            // none can.
            return CoefficientProfile(
                name: name, points: [], threshold: objectiveValue,
                interval: Interval(lower: -.infinity, upper: .infinity, level: level), verdict: .none)
        }
        let problem = try makeProblem()
        let delta = problem.delta
        // With a prior, `dependence` runs count as one.
        let kappa =
            (prior.isEmpty ? 1 : prior.dependence)
            * ObjectiveScale.kappa(
                residuals: residuals, weights: problem.weights, delta: delta,
                coefficients: runs.count - degreesOfFreedom)
        let reach = NormalDistribution.quantile(0.5 + level / 2)
        let base = problem.value(x)
        let threshold = base + 0.5 * kappa * reach * reach

        let walker = ProfileWalker(
            problem: problem, space: space, position: position,
            starts: optima.map { space.point($0.coefficients) })
        var found: [(at: Double, value: Double, x: [Double])] = [(x[position], base, x)]
        if let values {
            found = []
            for value in values.sorted() {
                let place = Swift.min(Swift.max(variable.variable(of: value), variable.lower), variable.upper)
                var nearest = found.last?.x ?? x
                nearest[position] = place
                if let point = walker.fit(at: place, near: [nearest, x]) {
                    found.append((place, point.value, point.x))
                }
            }
        } else {
            for direction in [-1.0, 1.0] { found += walker.walk(from: x, value: base, direction, threshold: threshold) }
            found.sort { $0.at < $1.at }
        }
        let points = found.map {
            CoefficientProfile.Point(
                value: variable.value(of: $0.at), objective: Self.objective($0.value, options.objective),
                coefficients: space.coefficients(at: $0.x))
        }
        let (interval, verdict) = Self.judge(
            found.map { ($0.at, $0.value) }, threshold: threshold, variable: variable, level: level,
            fitted: x[position])
        return CoefficientProfile(
            name: name, points: points, threshold: Self.objective(threshold, options.objective), interval: interval,
            verdict: verdict)
    }

    /// Converts the objective's value back to absolute errors, which are minimised as a narrow Huber loss.
    private static func objective(_ value: Double, _ objective: FitObjective) -> Double {
        if case .absolute = objective { return value / (objective.stages.last ?? 1) }
        return value
    }

    private static func judge(
        _ points: [(at: Double, value: Double)], threshold: Double, variable: FitVariable, level: Double, fitted: Double
    ) -> (Interval, Identifiability) {
        let allowed = points.indices.filter { points[$0].value <= threshold }
        guard let first = allowed.first, let last = allowed.last else {
            let value = variable.value(of: fitted)
            return (Interval(lower: value, upper: value, level: level), .identified)
        }
        // Between an allowed point and its neighbour beyond, the parabola's root is near the straight line's in √.
        func crossing(_ inside: Int, _ outside: Int) -> Double {
            let (a, b) = (points[inside], points[outside])
            let share = (threshold - a.value) / Swift.max(b.value - a.value, 1e-300)
            return a.at + (b.at - a.at) * Swift.min(Swift.max(share, 0), 1)
        }
        let isOpenBelow = first == 0
        let isOpenAbove = last == points.count - 1
        let low = isOpenBelow ? points[0].at : crossing(first, first - 1)
        let high = isOpenAbove ? points[points.count - 1].at : crossing(last, last + 1)
        // An interval is still open at a hard bound with a meaning, such as 0 for a factor.
        let lower =
            isOpenBelow
            ? (variable.isLogarithm || variable.lower > -.infinity ? variable.value(of: variable.lower) : -.infinity)
            : variable.value(of: low)
        let upper = isOpenAbove ? .infinity : variable.value(of: high)
        let interval = Interval(lower: isOpenBelow && variable.isLogarithm ? 0 : lower, upper: upper, level: level)
        if isOpenAbove || isOpenBelow { return (interval, .none) }
        let wide =
            variable.isLogarithm
            ? high - low > 2 * 1.0986 : high - low > Swift.max(abs(variable.value(of: fitted)), 1e-12)
        return (interval, wide ? .weak : .identified)
    }
}
