import ScalingLaws

/// Makes runs out of cells: finds the columns, reads the numbers, fills what follows from the rest, and refuses what
/// cannot be meant.
struct RunTableInterpreter {
    let options: RunTableOptions
    let sheet: RunSheet

    /// Where a quantity comes from.
    private typealias Column = (name: String, position: Int)

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
        let parameters = try sheet.column(roles.parameters)
        let tokens = try sheet.column(roles.tokens)
        let compute = try sheet.column(roles.compute)
        guard let loss = try sheet.column(roles.loss) else { throw missing(roles.loss) }
        // Two of N, D and C give the third.
        if parameters == nil, tokens == nil || compute == nil { throw missing(roles.parameters) }
        if tokens == nil, compute == nil { throw missing(roles.tokens) }
        let uniqueTokens = try sheet.column(roles.uniqueTokens)
        let epochs = try sheet.column(roles.epochs)
        let seed = try sheet.column(roles.seed)
        let group = try sheet.column(roles.group)
        let weight = try sheet.column(roles.weight)
        let bytesPerToken = try sheet.column(roles.bytesPerToken)
        let tokenizer = try sheet.column(roles.tokenizer)
        let evaluationSet = try sheet.column(roles.evaluationSet)

        var notes: [String] = []
        var entries: [Entry] = []
        for (row, cells) in sheet.rows {
            let named = Dictionary(
                zip(sheet.columns, cells).filter { !$0.0.isEmpty }, uniquingKeysWith: { first, _ in first })
            let givenN = try parameters.map { column throws(FittingError) in
                try count(cells, column, row, unit: options.parametersUnit, least: 500)
            }
            let givenD = try tokens.map { column throws(FittingError) in
                try count(cells, column, row, unit: options.tokensUnit, least: 1e5)
            }
            let givenC = try compute.map { column throws(FittingError) in try number(cells, column, row) }
            let lossValue = try number(cells, loss, row)
            let n = givenN ?? (givenC ?? 0) / (6 * (givenD ?? 1))
            let d = givenD ?? (givenC ?? 0) / (6 * n)
            var u = d
            if let uniqueTokens {
                u = try count(cells, uniqueTokens, row, unit: options.tokensUnit, least: 1e4)
            } else if let epochs {
                u = d / (try number(cells, epochs, row))
            }
            let run = MeasuredRun(
                parameters: n, tokens: d, uniqueTokens: u, loss: lossValue, compute: givenC ?? 6 * n * d,
                weight: try weight.map { column throws(FittingError) in
                    try number(cells, column, row, zeroAllowed: true)
                } ?? 1,
                group: group.map { cells[$0.position] }.flatMap { $0.isEmpty ? nil : $0 },
                seed: seed.map { cells[$0.position] }.flatMap { $0.isEmpty ? nil : $0 },
                cells: named, row: row)
            if let filter = options.filter, try !filter.holds(for: run) { continue }
            if let givenC, givenN != nil, givenD != nil {
                let ratio = givenC / (6 * n * d)
                guard ratio > 1.0 / 3, ratio < 3 else {
                    throw .contradictoryCompute(row: row, given: givenC, expected: 6 * n * d)
                }
            }
            let bytes = try bytesPerToken.flatMap { column throws(FittingError) -> Double? in
                cells[column.position].isEmpty ? nil : try number(cells, column, row)
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
                    "Column '\(compute.name)' is \(Self.short(low)) to \(Self.short(high)) times 6·N·D, and more than 10 % "
                        + "off in \(off) of \(entries.count) runs.")
            }
        }
        if options.lossUnit == .natsPerToken, let high = entries.map(\.run.loss).max(), high > 15 {
            notes.append(
                "Losses reach \(Self.short(high)): nats per token rarely pass 12, so column '\(loss.name)' may hold "
                    + "perplexities.")
        }
        var read = try pooled(entries, repetitionIsKnown: uniqueTokens != nil || epochs != nil, notes: notes)
        let used = [parameters, tokens, compute, loss, uniqueTokens, epochs, seed, group, weight, bytesPerToken]
        read.usedColumns = Set(used.compactMap { $0?.name })
        return read
    }

    /// Tokens and losses alone.
    func log() throws(FittingError) -> [(tokens: Double, loss: Double)] {
        let roles = options.columns.roles
        guard let tokens = try sheet.column(roles.tokens) else { throw missing(roles.tokens) }
        // Trackers write a training loss where a table of runs has the last one.
        var role = roles.loss
        role.usual += ["train/loss", "train_loss", "training_loss", "eval/loss"]
        guard let loss = try sheet.column(role) else { throw missing(role) }
        guard !sheet.rows.isEmpty else { throw .noRuns }
        var points: [(tokens: Double, loss: Double)] = []
        for (row, cells) in sheet.rows {
            points.append((try number(cells, tokens, row) * options.tokensUnit, try number(cells, loss, row)))
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

    /// Puts runs of different tokenizers on one scale where losses are per byte, and refuses them where they are not.
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
                // Tokens are counted on, as those of the first run's tokenizer: as many bytes of text.
                let reference = entries.first?.bytesPerToken ?? 1
                for index in entries.indices {
                    let factor = (entries[index].bytesPerToken ?? reference) / reference
                    runs[index].tokens *= factor
                    runs[index].uniqueTokens *= factor
                    // 6·N·D counts the tokens that the model saw, not the reference's.
                }
                notes.append(
                    "Tokens are counted in those of the first run (\(Self.short(reference)) bytes each), by bytes per token."
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

    private func missing(_ role: RunColumns.Role) -> FittingError {
        .missingColumn(quantity: role.quantity, tried: role.usual, known: sheet.names)
    }

    private func number(
        _ cells: [String], _ column: Column, _ row: Int, zeroAllowed: Bool = false
    ) throws(FittingError) -> Double {
        let text = cells[column.position]
        let fail = { (reason: String) in
            FittingError.unusableCell(row: row, column: column.name, text: text, reason: reason)
        }
        guard !text.isEmpty else { throw fail("is empty where a number must stand") }
        guard let value = WrittenQuantity.value(of: text) else { throw fail("is not a number") }
        guard value.isFinite else { throw fail("is not a finite number; drop the row, or filter it out") }
        guard value > 0 || (zeroAllowed && value == 0) else {
            throw fail(zeroAllowed ? "must not be negative" : "must be positive")
        }
        return value
    }

    /// A number of parameters or tokens, which cannot be as small as a number of billions is.
    private func count(
        _ cells: [String], _ column: Column, _ row: Int, unit: Double, least: Double
    ) throws(FittingError) -> Double {
        let value = try number(cells, column, row) * unit
        guard value >= least else { throw .looksScaled(row: row, column: column.name, value: value) }
        guard value < .infinity else {
            throw .unusableCell(
                row: row, column: column.name, text: cells[column.position], reason: "is too large with its unit")
        }
        return value
    }

    static func short(_ value: Double) -> String {
        let scaled = (value * 1_000).rounded() / 1_000
        return "\(scaled)"
    }
}
