import DataMixing
public import ScalingLaws

/// A published rule that gives a model size for a training compute and does not look at the data.
public struct AllocationRule: Sendable {
    /// The rule's name.
    public let name: String

    /// The rule's publication.
    public let source: String

    /// The size for a compute in FLOPs.
    public let parameters: @Sendable (Double) throws(LawError) -> Double

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - name: The rule's name.
    ///   - source: The rule's publication.
    ///   - parameters: The size for a compute in FLOPs.
    public init(
        _ name: String, source: String, parameters: @escaping @Sendable (Double) throws(LawError) -> Double
    ) {
        self.name = name
        self.source = source
        self.parameters = parameters
    }
}

/// The run that a published rule would train with the compute of a plan.
public struct Baseline: Sendable, Hashable {
    /// The rule.
    public var name: String

    /// N.
    public var parameters: Double

    /// D, all that the compute allows.
    public var tokens: Double

    /// Passes over the unique tokens.
    public var epochs: Double

    /// Its excess: the expected excess of a plan under several laws, else ln L above the plan's own; `nil` where the run
    /// breaks the plan's limits.
    public var excess: Double?

    /// The rule's publication.
    public var source: String
}

extension Baseline {
    /// A baseline before its fields are read from a file.
    package static let blank = Baseline(name: "", parameters: 1, tokens: 1, epochs: 1, excess: nil, source: "")
}

extension PlanningQuestion {
    /// The runs that the planner's rules would train with the budget.
    ///
    /// - Parameters:
    ///   - question: The question, with its budget and limits.
    ///   - excess: The excess of a run, by ln N and ln D.
    /// - Returns: A baseline for each rule that has an answer; none without a budget or for other objectives.
    func baselines(_ question: Question, excess: (Double, Double) -> Double) -> [Baseline] {
        guard let budget, constraints.targetLoss == nil, question.landscape.costIsLoss else { return [] }
        return planner.allocationRules.compactMap { rule in
            guard let parameters = try? rule.parameters(budget.flops), parameters >= 1 else { return nil }
            let x = Elementary.log(parameters)
            let y = question.region.budgetLine(x)
            let (tokens, value) = (Elementary.exp(y), excess(x, y))
            return Baseline(
                name: rule.name, parameters: parameters, tokens: tokens, epochs: tokens / supply.tokensPerEpoch,
                excess: question.region.contains(x, y) && value.isFinite ? value : nil, source: rule.source)
        }
    }
}
