import CorpusAudit
public import OrderedJSON
import Tables
public import TrainingPlanning

extension PlanSweep {
    /// The sweep as CSV: a column for each axis, then the plan; the cells of a plan that does not exist are empty.
    ///
    /// - Returns: A header line and a line for each point.
    public func csv() -> String {
        let columns =
            axes.map(\.quantity.rawValue) + ["status", "law"] + Self.figures.map { Self.column($0.name, axes) }
        var rows = [columns]
        for point in points {
            var cells = point.values.map { "\($0)" }
            switch point.result {
            case .success(let plan):
                cells += [plan.status.rawValue, DelimitedText.cell(plan.law)]
                cells += Self.figures.map { figure in figure.value(plan).map { "\($0)" } ?? "" }
            case .failure: cells += [PlanStatus.infeasible.rawValue, ""] + Self.figures.map { _ in "" }
            }
            rows.append(cells)
        }
        return DelimitedText.lines(rows)
    }

    /// The sweep as JSON: the axes, then the points, in the order of the axes with the last one running fastest.
    ///
    /// - Parameter madeBy: The command line that makes the sweep again.
    /// - Returns: The sweep; write it with `fileText()`.
    public func json(madeBy: String? = nil) -> JSONValue { SweepFile(self, madeBy: madeBy).json }

    /// A figure's column; the plan's own compute and unique tokens are next to those that were swept.
    fileprivate static func column(_ name: String, _ axes: [SweepAxis]) -> String {
        axes.contains { $0.quantity.rawValue == name } ? name + "_used" : name
    }

    /// A number of a plan that sweeps list.
    struct Figure: Sendable {
        let name: String
        let value: @Sendable (Plan) -> Double?

        init(_ name: String, _ value: @escaping @Sendable (Plan) -> Double?) {
            self.name = name
            self.value = value
        }
    }

    fileprivate static let figures = [
        Figure("parameters") { $0.recommended.parameters },
        Figure("tokens") { $0.recommended.tokens },
        Figure("unique_tokens") { $0.recommended.uniqueTokens },
        Figure("epochs") { $0.recommended.epochs },
        Figure("passes_over_files") { $0.recommended.passesOverFiles },
        Figure("tokens_per_parameter") { $0.recommended.tokensPerParameter },
        Figure("flops") { $0.recommended.flops },
        Figure("budget_used") { $0.recommended.budgetUsed },
        Figure("loss") { $0.recommended.loss },
        Figure("cost") { $0.recommended.cost },
        Figure("loss_low") { $0.recommended.lossInterval?.lowerBound },
        Figure("loss_high") { $0.recommended.lossInterval?.upperBound },
        Figure("parameters_low") { $0.recommended.parametersInterval?.lowerBound },
        Figure("parameters_high") { $0.recommended.parametersInterval?.upperBound },
        Figure("epochs_low") { $0.recommended.epochsInterval?.lowerBound },
        Figure("epochs_high") { $0.recommended.epochsInterval?.upperBound },
    ]
}

extension SweepFile {
    /// Creates the file of a sweep.
    init(_ sweep: PlanSweep, madeBy: String?) {
        self.init()
        datawallVersion = DataWallVersion.current
        self.madeBy = madeBy
        axes = sweep.axes.map { axis in
            var entry = Axis()
            entry.quantity = axis.quantity.rawValue
            entry.values = axis.values
            return entry
        }
        points = sweep.points.map { Point(sweep.axes, $0) }
    }
}

extension SweepFile.Point {
    fileprivate init(_ axes: [SweepAxis], _ point: PlanSweep.Point) {
        self.init()
        switch point.result {
        case .success(let plan): take(plan)
        case .failure(let error): reason = "\(error)"
        }
        for (axis, value) in zip(axes, point.values) {
            switch axis.quantity {
            case .flops: (flopsUsed, flops) = (flops, value)
            case .uniqueTokens: (uniqueTokensUsed, uniqueTokens) = (uniqueTokens, value)
            case .maxEpochs: maxEpochs = value
            case .maxParameters: maxParameters = value
            case .targetLoss: targetLoss = value
            case .inferenceTokens: inferenceTokens = value
            }
        }
    }

    private mutating func take(_ plan: Plan) {
        let run = plan.recommended
        status = plan.status
        law = plan.law
        parameters = run.parameters
        tokens = run.tokens
        uniqueTokens = run.uniqueTokens
        epochs = run.epochs
        passesOverFiles = run.passesOverFiles
        tokensPerParameter = run.tokensPerParameter
        flops = run.flops
        budgetUsed = run.budgetUsed
        loss = run.loss
        cost = run.cost
        (lossLow, lossHigh) = (run.lossInterval?.lowerBound, run.lossInterval?.upperBound)
        (parametersLow, parametersHigh) = (run.parametersInterval?.lowerBound, run.parametersInterval?.upperBound)
        (epochsLow, epochsHigh) = (run.epochsInterval?.lowerBound, run.epochsInterval?.upperBound)
    }
}
