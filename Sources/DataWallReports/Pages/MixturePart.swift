import Charts
import Quantities
import TrainingPlanning

/// A mixture's part of a page.
struct MixturePart {
    private let mixture: MixtureFile
    private let name: String
    private let identifier: String

    init(_ mixture: MixtureFile, name: String, identifier: String) {
        self.mixture = mixture
        self.name = name
        self.identifier = identifier
    }

    /// `est.` where tokens are estimates.
    private var mark: String { mixture.isEstimated ? " est." : "" }
    private var hasRawWeights: Bool { mixture.sources.contains { $0.rawWeight != nil } }
    private var passes: Double { mixture.tokens / mixture.uniqueTokens }

    private func figure(_ value: Double?, digits: Int = 3) -> String {
        value.map { Quantity.significant($0, digits: digits) } ?? "–"
    }

    private func count(_ value: Double?) -> String { value.map(Quantity.short) ?? "–" }

    var section: PageSection {
        var section = PageSection(identifier: identifier, part: "Mixture", title: name)
        section.lead = lead
        section.facts = facts
        section.notes = notes
        section.figures = [chart.figure(identifier + "-mixture")]
        if mixture.methods.count > 1 { section.figures += [methodsFigure] }
        section.figures.append(sourceTable)
        if mixture.methods.count > 1 { section.figures += [methodsTable, epochsFigure] }
        if let targetsFigure { section.figures.append(targetsFigure) }
        if let pilotsFigure { section.figures.append(pilotsFigure) }
        section.remarks = mixture.warnings.filter { !$0.isSevere }.map(\.message) + mixture.notes
        section.details = details
        section.command = PageSection.command(mixture.madeBy, writing: name)
        return section
    }

    private var lead: [String] {
        let count = mixture.sources.count
        let copies =
            mixture.treatment == .asIs
            ? "Copies are taken to stay in the files: raw weights are for the files as they are."
            : "Copies are taken to be removed before training."
        return [
            "\(Quantity.short(mixture.tokens)) training tokens over \(Quantity.grouped(count)) "
                + "source\(count == 1 ? "" : "s") of \(Quantity.short(mixture.uniqueTokens)) unique tokens\(mark), by the "
                + "method \(mixture.method). \(copies)"
        ]
    }

    private var facts: [PageFact] {
        let most = mixture.sources.max { ($0.epochs ?? 0) < ($1.epochs ?? 0) }
        let bound = mixture.sources.filter { $0.isBinding || $0.exceedsCap }
        var facts = [
            PageFact(
                name: "passes over everything", value: Quantity.significant(passes, digits: 4),
                remark: mixture.mostTokens.map { "caps allow \(Quantity.short($0)) tokens" } ?? "")
        ]
        if let effective = mixture.effectiveTokens {
            facts.append(
                PageFact(
                    name: "effective tokens\(mark)", value: Quantity.short(effective),
                    remark: mixture.hasEqualSources
                        ? ""
                        : "by quality with a mean of 1"
                            + (mixture.effectiveTokensAsGiven.map { "; \(Quantity.short($0)) by quality as given" }
                                ?? "")
                            + (mixture.freshTokens.map { "; \(Quantity.short($0)) with every token worth 1" } ?? "")))
        }
        if let most, let epochs = most.epochs {
            facts.append(
                PageFact(name: "most epochs of a source", value: figure(epochs), remark: "of \(most.source)"))
        }
        facts.append(
            PageFact(
                name: "sources at their caps", value: Quantity.grouped(bound.count),
                remark: bound.prefix(3).map(\.source).joined(separator: ", ") + (bound.count > 3 ? ", …" : "")))
        return facts
    }

    private var notes: [PageNote] {
        var notes: [PageNote] = mixture.warnings.filter(\.isSevere).map { .warning($0.message) }
        if mixture.hasEqualSources {
            notes.append(
                .remark(
                    "Nothing distinguishes the sources: no qualities and no pilots. Natural shares or UniMax are choices "
                        + "without a basis to prefer either."))
        }
        if let removed = mixture.pull?.removedQualityEffect {
            notes.append(
                .remark("The pull to natural shares removes \(Quantity.percent(removed)) of the effect of quality."))
        }
        if mixture.isEstimated, !mixture.warnings.contains(where: { $0.code == "estimated_tokens" }) {
            notes.append(.remark("The tokens are estimates (est.)."))
        }
        if !mixture.emptySources.isEmpty {
            notes.append(
                .warning(
                    "No weight for \(mixture.emptySources.listed(atMost: 6)): no unique token is owned there."))
        }
        if let without = mixture.effectiveTokensWithoutCaps, let effective = mixture.effectiveTokens,
            without > effective
        {
            notes.append(
                .remark(
                    "Caps cost \(Quantity.percent(1 - effective / without)) of the effective tokens: without them "
                        + "\(Quantity.short(without))."))
        }
        if let without = mixture.effectiveTokensWithoutCopies {
            notes.append(
                .remark("With copies removed the same weights would make \(Quantity.short(without)) effective tokens."))
        }
        return notes
    }

    // MARK: Sources

    private func limit(_ share: MixtureFile.Share) -> String {
        share.exceedsCap
            ? "over its cap" : share.isBinding ? "at its cap" : share.missesFloor ? "under its floor" : ""
    }

    private var chart: MixtureFigure {
        let total = mixture.sources.reduce(0) { $0 + ($1.uniqueTokens ?? .nan) }
        return MixtureFigure(
            rows: mixture.sources.map { share in
                MixtureFigure.Row(
                    name: share.source,
                    natural: total > 0 ? share.uniqueTokens.map { $0 / total } : nil,
                    weight: share.weight, epochs: share.epochs, remark: limit(share))
            })
    }

    private var sourceTable: PageFigure {
        let chart = chart
        var table = PageTable(
            "The training tokens by source",
            columns: [
                .text("source"), .number("unique tokens\(mark)"), .number("quality"), .number("of the unique tokens"),
                .number("planned"), .number("tokens"), .number("epochs"), .number("cap"),
                .number("a unique token adds (effective tokens)"),
            ] + (hasRawWeights ? [.number("weight of the files"), .number("passes over the files")] : []))
        for index in chart.order {
            let share = mixture.sources[index]
            table.add(
                [
                    share.source, count(share.uniqueTokens),
                    figure(share.quality.map { $0 * (mixture.meanQuality ?? 1) }),
                    chart.rows[index].natural.map { Quantity.percent($0) } ?? "–", Quantity.percent(share.weight),
                    count(share.tokens), figure(share.epochs, digits: 4),
                    share.cap.map { figure($0) + (limit(share).isEmpty ? "" : ", \(limit(share))") } ?? "–",
                    figure(share.uniqueTokenPrice),
                ]
                    + (hasRawWeights
                        ? [share.rawWeight.map { Quantity.percent($0) } ?? "–", figure(share.passesOverFiles)] : []))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) lighter sources"
        if table.hasRest { table.tableKind = "search" }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-sources", title: "The training tokens by source", table: table, isWide: true)
    }

    // MARK: Methods

    private static func list(_ names: [String], _ lead: String) -> String {
        names.isEmpty ? "" : lead + names.listed(atMost: 3)
    }

    private func limits(of method: MixtureFile.Method) -> String {
        let bound = Self.list(method.sources.filter(\.isBinding).map(\.source), "at: ")
        let over = Self.list(method.sources.filter(\.exceedsCap).map(\.source), "over: ")
        return bound + (bound.isEmpty || over.isEmpty ? "" : "; ") + over
    }

    private func words(_ objective: MixtureFile.Objective) -> String {
        objective.unit == MixtureObjective.Unit.tokens.rawValue
            ? "\(objective.name): \(Quantity.short(objective.value))"
            : "\(objective.name): \(figure(objective.value)) nats"
    }

    private var hasPull: Bool { (mixture.pull?.strength ?? 0) > 0 }

    private func title(of method: MixtureFile.Method) -> String {
        method.name + (method.name == mixture.method ? " (followed)" : "")
    }

    private func effective(_ method: MixtureFile.Method) -> Double? {
        hasPull ? method.effectiveTokensAfterPull : method.effectiveTokens
    }

    private var methodsFigure: PageFigure {
        let unit = "effective tokens\(mark)\(hasPull ? " after the pull" : "")"
        var table = PageTable("Effective tokens by method", columns: [.text("method"), .number(unit)])
        var bars: [BarRow] = []
        for method in mixture.methods {
            table.add([title(of: method), count(effective(method))])
            guard let effective = effective(method) else { continue }
            bars.append(
                BarRow(
                    title(of: method),
                    segments: [
                        BarSegment(
                            effective, series: method.name == mixture.method ? 2 : 1,
                            tip: "\(method.name): \(Quantity.short(effective)) effective tokens\(mark)")
                    ], end: Quantity.short(effective)))
        }
        let drawn = bars
        return PageFigure(
            identifier + "-methods", title: "Effective tokens by method",
            text: "Unique tokens by quality, repeats discounted, of each method's weights"
                + (hasPull ? ", less the pull to natural shares." : "."), table: table
        ) { frame in
            BarChart(
                frame: frame, axis: Axis(unit, format: .counts),
                series: [BarSeries("other methods"), BarSeries("the method followed", isHatched: true)], rows: drawn
            ).svg
        }
    }

    private var methodsTable: PageFigure {
        let hasLoss = mixture.methods.contains { $0.loss != nil }
        var table = PageTable(
            "The methods side by side",
            columns: [.text("method"), .number("effective tokens\(mark)")]
                + (hasPull ? [.number("after the pull")] : []) + [.number("all worth 1")]
                + (hasLoss ? [.number("loss under the law")] : []) + [
                    .number("KL to natural, nats"), .number("most epochs"), .text("what it optimises"), .text("caps"),
                ])
        for method in mixture.methods {
            table.add(
                [title(of: method), count(method.effectiveTokens)]
                    + (hasPull ? [count(method.effectiveTokensAfterPull)] : []) + [count(method.freshTokens)]
                    + (hasLoss ? [method.loss.map { Quantity.fixed($0, decimals: 4) } ?? "–"] : []) + [
                        figure(method.divergence, digits: 2), figure(method.sources.compactMap(\.epochs).max()),
                        method.objective.map(words) ?? "–", method.error ?? limits(of: method),
                    ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-all-methods", title: "The methods side by side",
            text: mixture.law.map {
                "Losses are those of law \($0), on its own corpus: no forecast of yours."
            } ?? "", table: table, isWide: true)
    }

    /// The losses that the pilots foretell by method: the mean that is minimised first, then every target.
    private var targetsFigure: PageFigure? {
        let methods = mixture.methods.filter { $0.pilotLosses != nil }
        guard let targets = methods.first?.pilotLosses?.map(\.name) else { return nil }
        let title = "Losses that the pilots foretell"
        var table = PageTable(title, columns: [.text("target")] + methods.map { .number($0.name) })
        func add(_ name: String, _ value: (MixtureFile.Method) -> Double?) {
            table.add([name] + methods.map { value($0).map { Quantity.fixed($0, decimals: 4) } ?? "–" })
        }
        add("mean, by importance", \.pilotMean)
        for target in targets { add(target) { $0.pilotLosses?.first { $0.name == target }?.value } }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-targets", title: title,
            text: "At the pilots' size and tokens. The mean is what the mixing law's weights minimise.", table: table)
    }

    /// Epochs of each source by method, the main criterion for mixtures.
    private var epochsFigure: PageFigure {
        let methods = mixture.methods.filter { $0.sources.count == mixture.sources.count }
        var table = PageTable(
            "Epochs of each source by method", columns: [.text("source")] + methods.map { .number($0.name) })
        for index in chart.order {
            table.add([mixture.sources[index].source] + methods.map { figure($0.sources[index].epochs) })
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) lighter sources"
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-epochs", title: "Epochs of each source by method", table: table, isWide: true)
    }

    // MARK: Pilots

    private var pilotsFigure: PageFigure? {
        guard let pilots = mixture.pilots, !pilots.targets.isEmpty else { return nil }
        var table = PageTable(
            "How well the pilots' fit ranks runs it has not seen",
            columns: [
                .text("target"), .number("importance"), .number("Spearman, held out"), .number("of a straight line"),
                .number("error, held out"), .number("error, fitted"),
            ])
        for target in pilots.targets {
            table.add([
                target.name, figure(target.importance), target.spearman.map { Quantity.fixed($0, decimals: 3) } ?? "–",
                target.straightLineSpearman.map { Quantity.fixed($0, decimals: 3) } ?? "–", figure(target.error),
                figure(target.fittedError),
            ])
        }
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-pilots", title: "How well the pilots' fit ranks runs it has not seen",
            text: (pilots.runs.map { "\(Quantity.count($0, "run")), " } ?? "")
                + (pilots.fit == "values"
                    ? "fitted with a value for each source's tokens." : "fitted with a mixing law for each target."),
            table: table)
    }

    // MARK: How it was made

    private var details: [PageDetail] {
        var details: [PageDetail] = []
        if let curve = mixture.curve {
            let values = curve.coefficients.map { "\($0.name) = \(Quantity.significant($0.value, digits: 6))" }
            details.append(
                PageDetail(
                    name: "Repeats",
                    text: "the curve \(curve.name)" + (values.isEmpty ? "" : ", \(values.joined(separator: ", "))")))
        }
        if let pull = mixture.pull {
            details.append(
                PageDetail(
                    name: "Pull to natural shares",
                    text: pull.strength == 0
                        ? "none"
                        : "\(Quantity.exact(pull.strength)) × KL, less from ln of effective tokens"
                            + (pull.nats.map { ": \(figure($0, digits: 2)) nats of loss for a nat of KL" } ?? "")))
        }
        if let law = mixture.law {
            details.append(
                PageDetail(
                    name: "Law", text: law + (mixture.parameters.map { " at \(Quantity.short($0)) parameters" } ?? "")))
        }
        if let gap = mixture.gap {
            details.append(
                PageDetail(
                    name: "Exactness",
                    text:
                        "duality gap \(Quantity.significant(gap, digits: 2)): no mixture within the limits is better by more"
                ))
        }
        if let digest = mixture.auditDigest { details.append(PageDetail(name: "Audit", text: digest)) }
        if let version = mixture.datawallVersion {
            details.append(PageDetail(name: "Version", text: "datawall \(version)"))
        }
        return details
    }
}
