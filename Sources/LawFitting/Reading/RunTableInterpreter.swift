import Quantities
import ScalingLaws
import Tables

/// Makes runs from cells: finds the columns, reads the numbers, computes missing quantities from the others, and
/// refuses impossible values.
struct RunTableInterpreter {
    let options: RunTableOptions
    let sheet: RunSheet

    func runs() throws(FittingError) -> MeasuredRuns {
        guard !sheet.rows.isEmpty else { throw .noRuns }
        for (name, unit) in [
            ("the unit of parameters", options.parametersUnit), ("the unit of tokens", options.tokensUnit),
        ] {
            guard unit > 0, unit < .infinity else {
                throw .unusableOption(name, reason: "must be a positive number, not \(unit)")
            }
        }
        if let given = options.bytesPerToken {
            guard given > 0, given < .infinity else {
                throw .unusableOption("bytes per token", reason: "must be a positive number, not \(given)")
            }
        }
        let roles = options.columns.roles
        for role in [
            roles.parameters, roles.tokens, roles.loss, roles.uniqueTokens, roles.epochs, roles.compute,
        ] {
            try sheet.refuseRivals(role)
        }
        let parameters = try sheet.column(roles.parameters)
        let tokens = try sheet.column(roles.tokens)
        let compute = try sheet.column(roles.compute)
        guard let loss = try sheet.column(roles.loss) else { throw sheet.missing(roles.loss) }
        // Two of N, D and C give the third.
        if parameters == nil, tokens == nil || compute == nil { throw sheet.missing(roles.parameters) }
        if tokens == nil, compute == nil { throw sheet.missing(roles.tokens) }
        let uniqueTokens = try sheet.column(roles.uniqueTokens)
        let epochs = try sheet.column(roles.epochs)
        let seed = try sheet.column(roles.seed)
        let group = try sheet.column(roles.group)
        let weight = try sheet.column(roles.weight)
        let bytesPerToken = try sheet.column(roles.bytesPerToken)
        let tokenizer = try sheet.column(roles.tokenizer)
        let evaluationSet = try sheet.column(roles.evaluationSet)

        let columns = Columns(
            parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens, epochs: epochs, loss: loss,
            compute: compute)
        var notes: [String] = []
        if sheet.comments > 0 {
            notes.append(
                "\(Quantity.count(sheet.comments, "line")) of the table that \(sheet.comments == 1 ? "begins" : "begin") with # \(sheet.comments == 1 ? "is a comment" : "are comments")."
            )
        }
        var entries: [Entry] = []
        for row in sheet.rows {
            // Filters first: rows that are left out may contain values that no run can have.
            if let filter = options.filter {
                let isUsed = try filter.holds(row: row.line) { name throws(FittingError) in
                    try content(name, row, columns)
                }
                if !isUsed { continue }
            }
            let cells = row.cells
            let givenN = try parameters.map { column throws(FittingError) in
                try count(row, column, unit: options.parametersUnit, least: 500)
            }
            let givenD = try tokens.map { column throws(FittingError) in
                try count(row, column, unit: options.tokensUnit, least: 1e5)
            }
            let givenC = try compute.map { column throws(FittingError) in
                try number(row, column, grouping: .allowed)
            }
            let lossValue = try number(row, loss)
            let n = givenN ?? (givenC ?? 0) / (6 * (givenD ?? 1))
            let d = givenD ?? (givenC ?? 0) / (6 * n)
            var u = d
            if let uniqueTokens {
                u = try count(row, uniqueTokens, unit: options.tokensUnit, least: 1e4)
            } else if let epochs {
                u = d / (try number(row, epochs))
            }
            let run = MeasuredRun(
                parameters: n, tokens: d, uniqueTokens: u, loss: lossValue, compute: givenC ?? 6 * n * d,
                weight: try weight.map { column throws(FittingError) in
                    try number(row, column, zeroAllowed: true)
                } ?? 1,
                group: group.map { cells[$0.position] }.flatMap { $0.isEmpty ? nil : $0 },
                seed: seed.map { cells[$0.position] }.flatMap { $0.isEmpty ? nil : $0 },
                cells: sheet.cells(of: row), row: row.number)
            if let givenC, givenN != nil, givenD != nil {
                let ratio = givenC / (6 * n * d)
                guard ratio > 1.0 / 3, ratio < 3 else {
                    throw .contradictoryCompute(row: row.line, given: givenC, expected: 6 * n * d)
                }
            }
            if uniqueTokens != nil, let epochs, !Quantity.isMissing(cells[epochs.position]) {
                let given = try number(row, epochs, zeroAllowed: true)
                // Data that are not all read are one epoch to many people, and epochs are often rounded.
                let ratio = Swift.max(given, 1) / Swift.max(d / u, 1)
                guard ratio > 0.5, ratio < 2 else {
                    throw .contradictoryEpochs(row: row.line, given: given, expected: d / u)
                }
            }
            let bytes = try bytesPerToken.flatMap { column throws(FittingError) -> Double? in
                cells[column.position].isEmpty ? nil : try number(row, column)
            }
            entries.append(
                Entry(
                    run: run, bytesPerToken: bytes ?? options.bytesPerToken,
                    tokenizer: tokenizer.map { cells[$0.position] },
                    evaluationSet: evaluationSet.map { cells[$0.position] }))
        }
        guard !entries.isEmpty else {
            throw .nothingLeft(expression: options.filter?.description ?? "", count: 0)
        }
        if parameters == nil { notes.append("N is filled in as C/(6·D).") }
        if tokens == nil { notes.append("D is filled in as C/(6·N).") }
        if let compute, parameters != nil, tokens != nil {
            let ratios = entries.map { $0.run.compute / (6 * $0.run.parameters * $0.run.tokens) }
            let off = ratios.count { abs($0 - 1) > 0.1 }
            if off > 0, let low = ratios.min(), let high = ratios.max() {
                notes.append(
                    "Column '\(compute.name)' is \(Quantity.short(low)) to \(Quantity.short(high)) times 6·N·D, and more than 10 % "
                        + "off in \(off) of \(entries.count) runs.")
            }
        }
        if options.lossUnit == .natsPerToken, let high = entries.map(\.run.loss).max(), high > 15 {
            notes.append(
                "Losses reach \(Quantity.short(high)): nats per token rarely pass 12, so column '\(loss.name)' may hold "
                    + "perplexities.")
        }
        var read = try pooled(entries, repetitionIsKnown: uniqueTokens != nil || epochs != nil, notes: notes)
        let used = [parameters, tokens, compute, loss, uniqueTokens, epochs, seed, group, weight, bytesPerToken]
        read.usedColumns = Set(used.compactMap { $0?.name })
        return read
    }

    /// Only tokens and losses, from a training log.
    func log() throws(FittingError) -> [(tokens: Double, loss: Double)] {
        let roles = options.columns.roles
        guard let tokens = try sheet.column(roles.tokens) else { throw sheet.missing(roles.tokens) }
        // Logs of trackers have training losses under further names.
        var role = roles.loss
        role.usual += ["train/loss", "train_loss", "training_loss", "eval/loss"]
        guard let loss = try sheet.column(role) else { throw sheet.missing(role) }
        guard !sheet.rows.isEmpty else { throw .noRuns }
        var points: [(tokens: Double, loss: Double)] = []
        for row in sheet.rows {
            points.append(
                (try number(row, tokens, grouping: .allowed) * options.tokensUnit, try number(row, loss)))
        }
        return points
    }

    private struct Entry {
        var run: MeasuredRun
        var bytesPerToken: Double?
        var tokenizer: String?
        var evaluationSet: String?
    }

    // MARK: Pooling

    /// Puts runs of different tokenizers on one scale if losses are per byte, and refuses them if not.
    private func pooled(
        _ entries: [Entry], repetitionIsKnown: Bool, notes: [String]
    ) throws(FittingError) -> MeasuredRuns {
        var notes = notes
        let tokenizers = Self.distinct(entries.compactMap(\.tokenizer))
        let evaluationSets = Self.distinct(entries.compactMap(\.evaluationSet))
        let ratios = Set(entries.map(\.bytesPerToken))
        let perByte = options.lossUnit == .bitsPerByte
        if tokenizers.count > 1, !perByte { throw .mixedSetups(column: "tokenizer", values: tokenizers) }
        if evaluationSets.count > 1, !perByte { throw .mixedSetups(column: "evaluation set", values: evaluationSets) }
        if ratios.count > 1, !perByte {
            throw .mixedSetups(
                column: "bytes per token",
                values: Self.distinct(entries.map { $0.bytesPerToken.map { "\($0)" } ?? "unknown" }))
        }
        let mixed = tokenizers.count > 1 || evaluationSets.count > 1 || ratios.count > 1
        var runs = entries.map(\.run)
        var common = entries.first?.bytesPerToken
        if mixed {
            for entry in entries where entry.bytesPerToken == nil { throw .missingBytesPerToken(row: entry.run.row) }
            if evaluationSets.count > 1 {
                notes.append(
                    "The losses were measured on different texts (\(evaluationSets.joined(separator: ", "))): bits per "
                        + "byte remove the tokenizer, not the text.")
            }
            if ratios.count > 1 {
                // Tokens are converted to those of the first run's tokenizer, for the same bytes of text.
                let reference = entries.first?.bytesPerToken ?? 1
                for index in entries.indices {
                    let factor = (entries[index].bytesPerToken ?? reference) / reference
                    runs[index].tokens *= factor
                    runs[index].uniqueTokens *= factor
                    // FLOPs stay as they are: 6·N·D counts the tokens that the model saw, not those of the reference.
                }
                notes.append(
                    "Tokens are counted in those of the first run (\(Quantity.short(reference)) bytes each), by bytes per token."
                )
            }
            common = entries.first?.bytesPerToken
        }
        return try MeasuredRuns(
            runs, lossUnit: options.lossUnit, bytesPerToken: common, repetitionIsKnown: repetitionIsKnown, notes: notes)
    }

    private static func distinct(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return values.filter { seen.insert($0).inserted }
    }

    // MARK: Cells

    /// A number above 0.
    private func number(
        _ row: RunSheet.Row, _ column: RunSheet.Column, zeroAllowed: Bool = false,
        grouping: Quantity.Grouping = .refused
    ) throws(FittingError) -> Double {
        let text = row.cells[column.position]
        let value: Double
        do {
            value = try Quantity.number(text, grouping: grouping)
        } catch {
            let way = "; fill it in, or leave such rows out by the filter '\(Self.quoted(column.name))>0' (--where)"
            switch (Quantity.isMissing(text), error.kind) {
            case (true, _):
                throw sheet.unusable(row, column, "the cell is \(text.isEmpty ? "empty" : "'\(text)'")" + way)
            case (_, .notFinite): throw sheet.unusable(row, column, error.reason + way)
            case (_, .noNumber): throw sheet.unusable(row, column, error.reason)
            case (_, .spelling): throw sheet.unusable(row, column, "'\(text)' cannot be read: \(error.reason)")
            }
        }
        guard value > 0 || (zeroAllowed && value == 0) else {
            throw sheet.unusable(
                row, column, "'\(text)' must \(zeroAllowed ? "not be negative" : "be positive")")
        }
        return value
    }

    /// A column's name as expressions write it.
    private static func quoted(_ name: String) -> String {
        name.allSatisfy { $0.isLetter || $0.isNumber || "_./-".contains($0) } ? name : "\"\(name)\""
    }

    /// A number of parameters or tokens, which cannot be as small as a number of billions is.
    private func count(
        _ row: RunSheet.Row, _ column: RunSheet.Column, unit: Double, least: Double
    ) throws(FittingError) -> Double {
        let value = try number(row, column, grouping: .allowed) * unit
        guard value >= least else { throw .looksScaled(row: row.line, column: column.name, value: value) }
        guard value < .infinity else { throw sheet.unusable(row, column, "the number is too large with its unit") }
        return value
    }

    // MARK: Filtering

    /// The columns of the quantities that filters may name.
    private struct Columns {
        var parameters, tokens, uniqueTokens, epochs, loss, compute: RunSheet.Column?
    }

    /// The value that a filter reads under a name: the quantity of that name, computed from the cells it needs, or a
    /// column.
    private func content(
        _ name: String, _ row: RunSheet.Row, _ columns: Columns
    ) throws(FittingError) -> RowCondition.Content {
        func cell(_ column: RunSheet.Column?, unit: Double = 1) -> RowCondition.Content? {
            guard let column else { return nil }
            let content = RowCondition.Content(row.cells[column.position])
            if case .number(let value) = content { return .number(value * unit) }
            return content
        }
        let parameters = cell(columns.parameters, unit: options.parametersUnit)
        let tokens = cell(columns.tokens, unit: options.tokensUnit)
        let compute = cell(columns.compute)
        let one = RowCondition.Content.number(1)
        let n = parameters ?? Self.combined(compute, tokens) { $0 / (6 * $1) }
        let d = tokens ?? Self.combined(compute, parameters) { $0 / (6 * $1) }
        switch name {
        case "params", "parameters": return n
        case "tokens": return d
        case "loss": return cell(columns.loss) ?? .missing
        case "flops", "compute": return compute ?? Self.combined(n, d) { 6 * $0 * $1 }
        case "unique_tokens":
            return cell(columns.uniqueTokens, unit: options.tokensUnit)
                ?? Self.combined(d, cell(columns.epochs) ?? one) { $0 / $1 }
        case "epochs":
            guard let unique = cell(columns.uniqueTokens, unit: options.tokensUnit) else {
                return cell(columns.epochs) ?? one
            }
            return Self.combined(d, unique) { $0 / $1 }
        default:
            guard let column = try sheet.column(named: name) else {
                throw RunExpression.unknown(name, among: sheet.names)
            }
            return RowCondition.Content(row.cells[column.position])
        }
    }

    /// The result of a computation on two numbers; if one of the two is not a number, that one.
    private static func combined(
        _ left: RowCondition.Content?, _ right: RowCondition.Content?, _ compute: (Double, Double) -> Double
    ) -> RowCondition.Content {
        switch (left, right) {
        case (.number(let left), .number(let right)):
            let value = compute(left, right)
            return value.isFinite ? .number(value) : .missing
        case (.text(let text), _), (_, .text(let text)): return .text(text)
        default: return .missing
        }
    }
}
