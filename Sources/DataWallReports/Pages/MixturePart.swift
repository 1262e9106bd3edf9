import Charts
import CorpusAudit
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
        var section = PageSection(identifier: identifier, kind: "Mixture", title: name)
        section.lead = lead
        section.facts = facts
        section.notes = notes
        section.figures = [mixtureFigure]
        if mixture.methods.count > 1 { section.figures += [methodsFigure, epochsFigure] }
        if let pilotsFigure { section.figures.append(pilotsFigure) }
        section.remarks = mixture.warnings.filter { !$0.isSevere }.map(\.message) + mixture.notes
        section.details = details
        section.command = command
        return section
    }

    private var lead: [String] {
        let count = mixture.sources.count
        let copies =
            mixture.treatment == .asIs
            ? "Copies are taken to stay in the files: raw weights are for the files as they lie."
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
                    remark: mixture.freshTokens.map { "\(Quantity.short($0)) with every token worth 1" } ?? ""))
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

    private var mixtureFigure: PageFigure {
        let chart = chart
        var table = PageTable(
            "The training tokens by source",
            columns: [
                .text("source"), .number("unique tokens\(mark)"), .number("quality"), .number("as the tokens lie"),
                .number("planned"), .number("tokens"), .number("epochs"), .number("cap"),
                .number("a unique token adds"),
            ] + (hasRawWeights ? [.number("weight of the files"), .number("passes over the files")] : []))
        for index in chart.order {
            let share = mixture.sources[index]
            table.add(
                [
                    share.source, count(share.uniqueTokens), figure(share.quality),
                    chart.rows[index].natural.map { Quantity.percent($0) } ?? "–", Quantity.percent(share.weight),
                    count(share.tokens), figure(share.epochs, digits: 4),
                    share.cap.map { figure($0) + (limit(share).isEmpty ? "" : ", \(limit(share))") } ?? "–",
                    figure(share.uniqueTokenPrice),
                ]
                    + (hasRawWeights
                        ? [share.rawWeight.map { Quantity.percent($0) } ?? "–", figure(share.passesOverFiles)] : []))
        }
        table.restTitle = "\(Quantity.grouped(table.rest.count)) lighter sources"
        return PageFigure(
            identifier + "-mixture", title: "The mixture, before and after",
            text: chart.text + " What one more unique token adds is in effective tokens.", table: table, isOpen: true,
            draw: chart.svg)
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

    private var methodsFigure: PageFigure {
        let hasLoss = mixture.methods.contains { $0.loss != nil }
        let targets = (mixture.methods.compactMap(\.pilotLosses).first.map { $0.prefix(4).map(\.name) } ?? [])
        var table = PageTable(
            "The methods side by side",
            columns: [
                .text("method"), .number("effective tokens\(mark)"), .number("all worth 1"),
            ] + (hasLoss ? [.number("loss, nats/token")] : []) + targets.map { .number("pilots: \($0)") } + [
                .number("KL to natural, nats"), .number("most epochs"), .text("caps"),
            ])
        var bars: [BarRow] = []
        for method in mixture.methods {
            let isChosen = method.name == mixture.method
            let title = method.name + (isChosen ? " (followed)" : "")
            table.add(
                [title, count(method.effectiveTokens), count(method.freshTokens)]
                    + (hasLoss ? [method.loss.map { Quantity.fixed($0, decimals: 4) } ?? "–"] : [])
                    + targets.map { target in
                        method.pilotLosses?.first { $0.name == target }.map { Quantity.fixed($0.value, decimals: 4) }
                            ?? "–"
                    } + [
                        figure(method.divergence, digits: 2), figure(method.sources.compactMap(\.epochs).max()),
                        method.error ?? limits(of: method),
                    ])
            guard let effective = method.effectiveTokens else { continue }
            bars.append(
                BarRow(
                    title,
                    segments: [
                        BarSegment(
                            effective, series: isChosen ? 2 : 1,
                            tip: "\(method.name): \(Quantity.short(effective)) effective tokens\(mark)")
                    ], end: Quantity.short(effective)))
        }
        let drawn = bars
        return PageFigure(
            identifier + "-methods", title: "The methods side by side",
            text: "Unique tokens by quality, repeats discounted, of each method's weights."
                + (mixture.law.map {
                    " Losses are those of law \($0), on its own corpus: no forecast of yours."
                } ?? ""), table: table, isOpen: true
        ) { frame in
            BarChart(
                frame: frame, axis: Axis("effective tokens\(mark)", format: .counts),
                series: [BarSeries("other methods"), BarSeries("the method followed", isHatched: true)], rows: drawn
            ).svg
        }
    }

    /// Epochs of each source by method: what mixtures are judged by.
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
            identifier: identifier + "-epochs", title: "Epochs of each source by method", table: table)
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
            details.append(PageDetail(name: "Pull to natural shares", text: words(pull)))
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

    private func words(_ pull: MixtureFile.Pull) -> String {
        switch pull.against {
        case "loss"?: "\(figure(pull.multiple)) nats of loss for a nat of divergence"
        case nil: "none"
        default: "\(figure(pull.multiple)) × KL beside −ln of effective tokens"
        }
    }

    /// A command that makes such a mixture, from what the file holds.
    private var command: String {
        var words = ["datawall", "mix", mixture.auditDigest == nil ? "sources.csv" : "audit.json"]
        words += ["--tokens", Quantity.exact(mixture.tokens)]
        if mixture.treatment == .asIs { words += ["--as", "is"] }
        if mixture.pilots == nil, mixture.method != "given" { words += ["--method", mixture.method] }
        if mixture.method == "given" {
            // Of many weights the file is the better list.
            if mixture.sources.count > 12 { words += ["--weight", "…"] }
            for share in mixture.sources.prefix(mixture.sources.count > 12 ? 0 : 12) {
                words += ["--weight", "\(share.source)=\(share.weight)"]
            }
        }
        if let pilots = mixture.pilots {
            words += ["--pilots", "runs.csv"] + (pilots.fit == "values" ? ["--fit", "values"] : [])
        }
        if let pull = mixture.pull {
            words += [pull.against == "ln_effective_tokens" ? "--kl-log" : "--kl", Quantity.exact(pull.multiple)]
        }
        if mixture.sources.count > 1 { words += ["--max-epochs", Quantity.exact(mixture.defaultCap ?? 0)] }
        if let curve = mixture.curve, mixture.pilots?.fit != "values" {
            words += ["--curve", curve.name]
            for value in curve.coefficients { words += ["--set", "\(value.name)=\(Quantity.exact(value.value))"] }
        }
        if let law = mixture.law { words += ["--law", law] }
        if let parameters = mixture.parameters { words += ["--parameters", Quantity.exact(parameters)] }
        return ShellWords.joined(words + ["-o", name])
    }
}
