/// How a law is fitted.
public struct FitOptions: Sendable, Hashable {
    /// The objective that the fit minimises.
    public var objective: FitObjective

    /// How the minimum is searched for.
    public var search: FitSearchMode

    /// Coefficients held at a value instead of fitted, by name, in addition to those that the law's card holds.
    public var held: [String: Double]

    /// Coefficients to fit although the law's card holds them.
    public var freed: Set<String>

    /// The prior on the coefficients.
    public var prior: PriorChoice

    /// The number of runs that count as one independent error when runs are weighed against a prior.
    ///
    /// Errors of a law are not independent from run to run: runs share a trajectory, a recipe, and above all the error
    /// of the form. The value 10 gives the best forecasts of public sweeps (Benchmarks/RESULTS.md).
    public var dependence: Double

    /// The mean absolute error of log loss that runs are weighed against a prior with, or `nil` to take the fit's own.
    public var scatter: Double?

    /// Creates options.
    public init(
        objective: FitObjective = .standard, search: FitSearchMode = .standard, held: [String: Double] = [:],
        freed: Set<String> = [], prior: PriorChoice = .ofLaw, dependence: Double = 10, scatter: Double? = nil
    ) {
        self.objective = objective
        self.search = search
        self.held = held
        self.freed = freed
        self.prior = prior
        self.dependence = dependence
        self.scatter = scatter
    }
}
