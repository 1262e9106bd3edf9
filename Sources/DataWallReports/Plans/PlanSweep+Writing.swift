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
    public func json(madeBy: String? = nil) -> JSONValue {
        .object([
            "format": "datawall-sweep", "version": 1, "datawall_version": .string(DataWallVersion.current),
            "made_by": madeBy.json,
            "axes": .array(
                axes.map {
                    .object([
                        "quantity": .string($0.quantity.rawValue), "values": .array($0.values.map { .number($0) }),
                    ])
                }),
            "points": .array(points.map { pointJSON($0) }),
        ])
    }

    private func pointJSON(_ point: Point) -> JSONValue {
        var members = zip(axes, point.values).map { axis, value in
            JSONMember(key: axis.quantity.rawValue, value: .number(value))
        }
        switch point.result {
        case .success(let plan):
            members.append(JSONMember(key: "status", value: .string(plan.status.rawValue)))
            members.append(JSONMember(key: "law", value: .string(plan.law)))
            for figure in Self.figures {
                members.append(
                    JSONMember(key: Self.column(figure.name, axes), value: .number(optional: figure.value(plan))))
            }
        case .failure(let error):
            members.append(JSONMember(key: "status", value: .string(PlanStatus.infeasible.rawValue)))
            members.append(JSONMember(key: "reason", value: .string("\(error)")))
        }
        return .object(members)
    }

    /// A figure's column; the plan's own compute and unique tokens stand beside those that were swept.
    private static func column(_ name: String, _ axes: [SweepAxis]) -> String {
        axes.contains { $0.quantity.rawValue == name } ? name + "_used" : name
    }

    private static var figures: [(name: String, value: (Plan) -> Double?)] {
        [
            ("parameters", { $0.recommended.parameters }), ("tokens", { $0.recommended.tokens }),
            ("unique_tokens", { $0.recommended.uniqueTokens }), ("epochs", { $0.recommended.epochs }),
            ("passes_over_files", { $0.recommended.passesOverFiles }),
            ("tokens_per_parameter", { $0.recommended.tokensPerParameter }), ("flops", { $0.recommended.flops }),
            ("budget_used", { $0.recommended.budgetUsed }), ("loss", { $0.recommended.loss }),
            ("cost", { $0.recommended.cost }),
            ("loss_low", { $0.recommended.lossInterval?.lowerBound }),
            ("loss_high", { $0.recommended.lossInterval?.upperBound }),
            ("parameters_low", { $0.recommended.parametersInterval?.lowerBound }),
            ("parameters_high", { $0.recommended.parametersInterval?.upperBound }),
            ("epochs_low", { $0.recommended.epochsInterval?.lowerBound }),
            ("epochs_high", { $0.recommended.epochsInterval?.upperBound }),
        ]
    }
}
