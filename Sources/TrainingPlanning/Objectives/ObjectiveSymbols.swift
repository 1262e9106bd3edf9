public import ScalingLaws

/// The symbols that an objective may use: the run, its loss, its compute and the quantities given with the question.
public struct ObjectiveSymbols: Sendable {
    /// Creates the symbols.
    public init() {}

    static let lossFeature = RunSymbol.feature("loss")
    static let trainingFLOPsFeature = RunSymbol.feature("training_flops")

    /// N.
    public var parameters: Formula { .symbol(.parameters) }

    /// D, repeats included.
    public var tokens: Formula { .symbol(.tokens) }

    /// The loss under the law of the plan.
    public var loss: Formula { .symbol(Self.lossFeature) }

    /// The compute of training, under the plan's count of FLOPs.
    public var trainingFLOPs: Formula { .symbol(Self.trainingFLOPsFeature) }

    /// A quantity given with the question.
    ///
    /// - Parameter quantity: The quantity; list it in the objective's ``PlanningObjective/needs``.
    /// - Returns: The quantity as a formula.
    public func given(_ quantity: PlanningQuantity) -> Formula {
        .symbol(.feature(quantity.rawValue))
    }
}
