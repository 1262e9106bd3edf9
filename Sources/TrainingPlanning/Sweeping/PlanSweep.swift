/// Plans over a range of budgets, supplies or limits.
public struct PlanSweep: Sendable {
    /// One point of a sweep.
    public struct Point: Sendable {
        /// The values of the axes, in their order.
        public var values: [Double]

        /// The plan, or the reason why there is none.
        public var result: Result<Plan, PlanningError>
    }

    /// The axes of the sweep.
    public var axes: [SweepAxis]

    /// The points; the last axis runs fastest.
    public var points: [Point]
}

extension Planner {
    /// The plans over one axis, or over all combinations of several.
    ///
    /// - Parameters:
    ///   - axes: The quantities to vary; each overrides the value in the other parameters.
    ///   - supply: The data available.
    ///   - budget: The training compute that may be spent at most.
    ///   - constraints: Limits to keep.
    ///   - terms: Further quantities that the objective reads.
    /// - Returns: The sweep. A point without a feasible plan has the reason.
    /// - Throws: A ``PlanningError`` for an axis that occurs twice, and for errors that would occur at every point.
    /// - Complexity: A plan for each point.
    public func sweep(
        _ axes: [SweepAxis], of supply: DataSupply, within budget: ComputeBudget? = nil,
        constraints: PlanConstraints = PlanConstraints(), terms: PlanTerms = PlanTerms()
    ) throws(PlanningError) -> PlanSweep {
        guard Set(axes.map(\.quantity)).count == axes.count else {
            throw .contradiction("a sweep names the same quantity twice: leave one out")
        }
        var combinations: [[Double]] = [[]]
        for axis in axes { combinations = combinations.flatMap { row in axis.values.map { row + [$0] } } }
        guard combinations.count <= SweepAxis.mostPoints else {
            throw .unusableQuantity(
                "the number of points of the sweep", value: Double(combinations.count),
                expected: "at most \(SweepAxis.mostPoints)")
        }
        var points: [PlanSweep.Point] = []
        for values in combinations {
            do throws(PlanningError) {
                let plan = try plan(at: values, of: axes, supply, budget, constraints, terms)
                points.append(PlanSweep.Point(values: values, result: .success(plan)))
            } catch {
                guard error.isInfeasible else { throw error }
                points.append(PlanSweep.Point(values: values, result: .failure(error)))
            }
        }
        return PlanSweep(axes: axes, points: points)
    }

    private func plan(
        at values: [Double], of axes: [SweepAxis], _ supply: DataSupply, _ budget: ComputeBudget?,
        _ constraints: PlanConstraints, _ terms: PlanTerms
    ) throws(PlanningError) -> Plan {
        var (supply, budget, constraints, terms) = (supply, budget, constraints, terms)
        for (axis, value) in zip(axes, values) {
            switch axis.quantity {
            case .flops: budget = try .flops(value)
            case .uniqueTokens:
                do throws(MixtureError) { supply = try supply.resized(uniqueTokens: value) } catch {
                    throw .mixture(error)
                }
            case .maxEpochs: constraints.maxEpochs = value
            case .maxParameters: constraints.maxParameters = value
            case .targetLoss: constraints.targetLoss = value
            case .inferenceTokens: terms.inferenceTokens = value
            }
        }
        return try plan(supply, within: budget, constraints: constraints, terms: terms)
    }
}
