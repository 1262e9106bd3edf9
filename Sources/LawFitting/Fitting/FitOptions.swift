/// How a law is fitted.
public struct FitOptions: Sendable, Hashable {
    /// What is minimised.
    public var objective: FitObjective

    /// How the minimum is searched for.
    public var search: FitSearchMode

    /// Coefficients held at a value instead of fitted, by name; beside those that the law's card holds.
    public var held: [String: Double]

    /// Coefficients to fit although the law's card holds them.
    public var freed: Set<String>

    /// Creates options.
    public init(
        objective: FitObjective = .standard, search: FitSearchMode = .standard, held: [String: Double] = [:],
        freed: Set<String> = []
    ) {
        self.objective = objective
        self.search = search
        self.held = held
        self.freed = freed
    }
}
