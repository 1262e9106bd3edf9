public import ScalingLaws

extension Registry where Model == any PlanningObjective {
    /// Creates a registry of a program's own objectives under their identifiers.
    ///
    /// - Precondition: The identifiers differ.
    public init(objectives: [any PlanningObjective]) {
        self.init(kind: "objective", objectives) { $0.identifier }
    }

    /// Adds an objective under its identifier.
    ///
    /// - Throws: `LawError.duplicateName(_:kind:)` where the name is taken.
    public mutating func register(_ objective: any PlanningObjective) throws(LawError) {
        try register(objective, named: objective.identifier)
    }
}
