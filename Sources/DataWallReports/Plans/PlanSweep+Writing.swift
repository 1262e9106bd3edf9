import CorpusAudit
public import OrderedJSON
public import TrainingPlanning

extension PlanSweep {
    /// The sweep as CSV: a column for each axis, then the plan; the cells of a plan that does not exist are empty.
    ///
    /// - Returns: A header line and a line for each point.
    public func csv() -> String {
        let columns =
            axes.map(\.quantity.rawValue) + ["status", "law"] + Self.figures.map { Self.column($0.name, axes) }
        var lines = [columns.joined(separator: ",")]
        for point in points {
            var cells = point.values.map { "\($0)" }
            switch point.result {
            case .success(let plan):
                cells += [plan.status.rawValue, CSVCell.quoted(plan.law)]
                cells += Self.figures.map { figure in figure.value(plan).map { "\($0)" } ?? "" }
            case .failure: cells += [PlanStatus.infeasible.rawValue, ""] + Self.figures.map { _ in "" }
            }
            lines.append(cells.joined(separator: ","))
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The sweep as JSON: the axes, then the points, in the order of the axes with the last one running fastest.
    ///
    /// - Parameter madeBy: The command line that makes the sweep again.
    /// - Returns: The sweep; write it with `fileText()`.
    public func json(madeBy: String? = nil) -> JSONValue { PlanSweepFile(sweep: self, madeBy: madeBy).object }

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

/// A sweep with what its file says of it.
package struct PlanSweepFile: JSONWrittenRecord {
    let sweep: PlanSweep
    let madeBy: String?

    package static let schemaFile = schemaFile(
        of: "datawall-sweep-1", title: "datawall sweep, version 1",
        summary: "Plans over a range of budgets, supplies or limits: the JSON that 'datawall plan --sweep' writes.")

    package static let fields: [JSONField<PlanSweepFile>] = [
        .init("format", constant: "datawall-sweep"),
        .init("version", constant: 1),
        .init(written: "datawall_version", { _ in DataWallVersion.current }, "The version of the program."),
        .init(written: "made_by", \.madeBy, "The command line that makes the file again; null where none did."),
        .init(written: "axes", { $0.sweep.axes.map(Axis.init) }, "What was swept."),
        .init(
            written: "points", { file in file.sweep.points.map { Point(axes: file.sweep.axes, point: $0) } },
            "A plan for each combination, the last axis running fastest."),
    ]

    private struct Axis: JSONWrittenRecord {
        let axis: SweepAxis

        static let fields: [JSONField<Axis>] = [
            .init(written: "quantity", \.axis.quantity.rawValue, "The quantity."),
            .init(written: "values", \.axis.values, "Its values."),
        ]
    }

    private struct Point: JSONWrittenRecord {
        let axes: [SweepAxis]
        let point: PlanSweep.Point

        private var plan: Plan? { try? point.result.get() }

        private func value(of quantity: SweepAxis.Quantity) -> Double? {
            axes.firstIndex { $0.quantity == quantity }.map { point.values[$0] }
        }

        static let fields: [JSONField<Point>] =
            SweepAxis.Quantity.allCases.map { quantity in
                let figure = PlanSweep.figures.first { $0.name == quantity.rawValue }
                return .init(
                    writtenIfKnown: quantity.rawValue,
                    { point -> Double?? in
                        if let swept = point.value(of: quantity) { return swept }
                        return figure.flatMap { figure in point.plan.map(figure.value) }
                    }, figure == nil ? "The value that was swept." : "The value that was swept, or else the plan's.")
            } + [
                .init(
                    written: "status", { ($0.plan?.status ?? .infeasible).rawValue }, "How far to trust the plan."),
                .init(writtenIfKnown: "law", \.plan?.law, "The law that decides."),
            ]
            + PlanSweep.figures.map { figure in
                let quantity = SweepAxis.Quantity(rawValue: figure.name)
                return .init(
                    writtenIfKnown: quantity == nil ? figure.name : figure.name + "_used",
                    { point -> Double?? in
                        if let quantity, point.value(of: quantity) == nil { return nil }
                        return point.plan.map(figure.value)
                    }, "The plan's.")
            } + [
                .init(
                    writtenIfKnown: "reason",
                    { point in
                        if case .failure(let error) = point.point.result { "\(error)" } else { nil }
                    }, "Why there is no plan.")
            ]
    }
}
