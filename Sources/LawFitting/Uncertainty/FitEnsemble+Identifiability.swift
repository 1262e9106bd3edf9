extension FitEnsemble {
    /// How well the runs determine a coefficient, by its profile and by the resamples: both must agree that it is
    /// identified.
    ///
    /// A coefficient is weakly identified where either interval spans more than a factor of 3, or crosses 0, or where
    /// the standard error exceeds half the value; and where the two intervals are apart.
    ///
    /// - Parameters:
    ///   - profile: The coefficient's profile.
    ///   - level: The probability of the resamples' interval.
    /// - Returns: The verdict of both.
    public func identifiability(_ profile: CoefficientProfile, level: Double = 0.9) -> Identifiability {
        if fit.fromPriorAlone.contains(profile.name) { return .priorAlone }
        guard profile.verdict == .identified else { return profile.verdict }
        guard let interval = interval(of: profile.name, level: level), let value = fit[profile.name] else {
            return .weak
        }
        let error = standardError(of: profile.name) ?? 0
        let isTight =
            value > 0
            ? interval.lower > 0 && interval.upper < 3 * interval.lower && error < 0.5 * value
            : interval.upper - interval.lower < Swift.max(abs(value), 1e-12)
        let overlaps = interval.lower <= profile.interval.upper && profile.interval.lower <= interval.upper
        return isTight && overlaps ? .identified : .weak
    }
}
