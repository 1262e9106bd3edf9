extension PlanningObjective {
    /// The values of the quantities that the cost reads, by name.
    ///
    /// All required quantities must be given. Of the optional ones, give all or none; without them, each is 0.
    func values(
        in terms: PlanTerms, _ constraints: PlanConstraints
    ) throws(PlanningError) -> [String: Double] {
        var values: [String: Double] = [:]
        for quantity in needs {
            guard let value = terms.value(of: quantity, constraints: constraints) else {
                throw .missing(quantity, objective: identifier)
            }
            values[quantity.rawValue] = value
        }
        let isNoneGiven = mayRead.allSatisfy { terms.isUnstated($0, constraints) }
        for quantity in mayRead {
            let value = terms.value(of: quantity, constraints: constraints)
            guard let value = isNoneGiven ? 0 : value else { throw .missing(quantity, objective: identifier) }
            values[quantity.rawValue] = value
        }
        return values
    }
}

extension PlanTerms {
    /// Whether the question does not give a quantity.
    ///
    /// A price from the hardware does not show that anything is served.
    fileprivate func isUnstated(_ quantity: PlanningQuantity, _ constraints: PlanConstraints) -> Bool {
        switch quantity {
        case .trainingPrice: trainingPrice == nil
        case .servingPrice: servingPrice == nil
        case .targetLoss, .inferenceTokens, .costWeight: value(of: quantity, constraints: constraints) == nil
        }
    }
}
