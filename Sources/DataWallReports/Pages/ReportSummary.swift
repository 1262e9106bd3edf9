import CorpusAudit
import LawFiles
import Quantities
import ScalingLaws
import TrainingPlanning

/// The page's answer: the data, the run to train, and the doubts, one sentence each.
struct ReportSummary {
    private let parts: [Report.Part]

    init(_ parts: [Report.Part]) { self.parts = parts }

    private var audits: [Audit] { parts.compactMap { if case .audit(let audit, _) = $0 { audit } else { nil } } }
    private var plans: [(plan: PlanFile, name: String)] {
        parts.compactMap { if case .plan(let plan, let name) = $0 { (plan, name) } else { nil } }
    }
    private var mixtures: [MixtureFile] {
        parts.compactMap { if case .mixture(let mixture, _) = $0 { mixture } else { nil } }
    }
    private var fits: [FitFile] { parts.compactMap { if case .fit(let fit, _) = $0 { fit } else { nil } } }

    var sentences: [PageSentence] {
        [("What you have", have), ("What to train", train), ("What to doubt", doubt)].compactMap { name, text in
            text.map { PageSentence(name: name, text: $0) }
        }
    }

    // MARK: The data

    private var have: String? {
        if let audit = audits.first { return Self.holding(audit) }
        if let plan = plans.first?.plan {
            let sources = plan.supply.sources.count
            return "\(Quantity.count(plan.supply.uniqueTokens, "unique token"))"
                + (sources > 1 ? " in \(Quantity.grouped(sources)) sources" : "")
                + (plan.budget?.flops.map { ", and compute of \(Quantity.flops($0)) FLOPs" } ?? "") + "."
        }
        if let mixture = mixtures.first {
            return "\(Quantity.count(mixture.uniqueTokens, "unique token"))\(mixture.isEstimated ? " (est.)" : "") in "
                + "\(Quantity.count(mixture.sources.count, "source"))."
        }
        if let fit = fits.first {
            return "The law \(fit.law), fitted to \(Quantity.count(fit.runs, "run"))"
                + (fit.medianRelativeError.map { " with a median error of \(Quantity.percent($0))" } ?? "") + "."
        }
        for case .law(let law, _) in parts { return "The law \(law.card.identifier): \(law.card.summary)" }
        return nil
    }

    private static func holding(_ audit: Audit) -> String {
        let totals = audit.totals
        guard totals.tokens > 0 else { return "A corpus without any text." }
        let mark = audit.tokenizer.isEstimate ? " (est.)" : ""
        let unique = Double(totals.uniqueTokens) / Double(totals.tokens)
        let near = audit.nearDuplicates.flatMap { $0.unique(atThreshold: $0.threshold) }
        return
            "\(Quantity.count(Double(totals.tokens), "token"))\(mark) in \(Quantity.count(audit.sources.count, "source")); "
            + "\(Quantity.short(totals.uniqueTokens)) (\(Quantity.percent(unique))) are unique"
            + (near.map { ", or \(Quantity.short($0.tokens)) est. without near copies" } ?? "")
            + ": one pass over the files is \(Quantity.fixed(totals.hiddenEpochs, decimals: 2)) epochs of the distinct text."
    }

    // MARK: The run to train

    private var train: String? {
        if let (plan, name) = plans.first {
            let run = plan.recommended
            let best = run.run
            var text =
                "A model of \(Quantity.count(best.parameters, "parameter")) on \(Quantity.count(best.tokens, "token")), "
                + "which is \(Quantity.count(best.epochs, "epoch")) of \(Quantity.short(plan.supply.uniqueTokens)) unique "
                + "tokens"
            let costs = [
                run.trainingDollars.map { "\(Quantity.dollars($0)) of training" },
                run.servingDollars.map { "\(Quantity.dollars($0)) of serving" },
                run.days.map { Quantity.count($0, "day") },
                run.acceleratorHours.map {
                    "\(Quantity.short($0)) \(plan.budget?.accelerator ?? "accelerator")-hours"
                },
            ].compactMap { $0 }
            text +=
                costs.isEmpty ? ", for \(Quantity.flops(best.flops)) FLOPs" : ", for \(costs.joined(separator: ", "))"
            return text + (plans.count > 1 ? " (\(name); the table compares \(plans.count) plans)." : ".")
        }
        if let mixture = mixtures.first {
            let sources = mixture.sources.sorted { $0.weight > $1.weight }.map {
                "\($0.source) \(Quantity.percent($0.weight))"
            }
            return "\(Quantity.count(mixture.tokens, "token")) by the method \(mixture.method): "
                + "\(sources.listed(atMost: 4))."
        }
        for part in parts {
            if let text = Self.advice(of: part) { return text }
        }
        return audits.isEmpty ? nil : "This report contains no plan: 'datawall plan' makes one of the audit."
    }

    /// The runs to train by a file that is not a plan.
    private static func advice(of part: Report.Part) -> String? {
        switch part {
        case .design(let design, _):
            return
                "\(Quantity.count(design.runs.count, "small run")) first, for \(Quantity.flops(design.flops)) FLOPs: a fit to "
                + "them forecasts the loss at \(Quantity.flops(design.target.flops)) FLOPs to within "
                + "±\(Quantity.percent(design.forecast.width / 2)) (90 %)."
        case .comparison(let comparison, _):
            guard let duel = comparison.duels.first else { return nil }
            return
                "\(duel.better), rather than \(duel.worse): its loss is \(Quantity.percentBelow(duel.gain)) lower, under "
                + "\(Quantity.percent(duel.share)) of the draws."
        case .upsampling(let upsampling, _):
            return
                "\(Quantity.count(upsampling.tokens, "token")), with the worst \(Quantity.percent(upsampling.discarded)) left "
                + "out and the best bucket read \(Quantity.count(upsampling.buckets.map(\.factor).max() ?? 0, "time"))."
        case .sweep(let sweep, _):
            let epochs = sweep.points.compactMap(\.epochs)
            guard let least = epochs.min(), let most = epochs.max() else {
                return "Nothing: no point of the sweep has a plan within its limits."
            }
            return
                "It depends on \(sweep.axes.map { SweepQuantity($0.quantity).name }.joined(separator: " and ")): the best "
                + "plans take \(Quantity.range(least...most) { Quantity.short($0) }) epochs."
        default: return nil
        }
    }

    // MARK: The doubts

    /// The doubts that could change the answer, the gravest first.
    private var doubt: String? {
        let doubts = auditDoubts + planDoubts + mixtureDoubts + fitDoubts
        let all = doubts.isEmpty ? auditLimits : doubts
        guard let first = all.first else { return nil }
        let rest = all.count - 1
        return Self.sentence(first) + (rest > 0 ? " (and \(Quantity.count(rest, "more warning")) below)" : "") + "."
    }

    private var auditDoubts: [String] {
        audits.flatMap { audit -> [String] in
            var doubts: [String] = []
            if !audit.isComplete || !audit.unread.isEmpty {
                doubts.append("The audit is not complete: not all files that may hold data were read")
            }
            if !audit.listsSkippedFiles { doubts.append(Audit.unlistedFiles) }
            return doubts
        }
    }

    private var planDoubts: [String] {
        plans.flatMap { plan, _ -> [String] in
            var doubts: [String] = []
            if let decision = plan.decision, decision.sizeDisagreement > 1.05 {
                doubts.append(
                    "Families of laws disagree by a weighted factor of "
                        + "\(Quantity.significant(decision.sizeDisagreement, digits: 2)) in size and "
                        + "\(Quantity.significant(decision.epochDisagreement, digits: 2)) in epochs")
            }
            return doubts + plan.warnings.filter(\.isSevere).map(\.message)
        }
    }

    private var mixtureDoubts: [String] {
        mixtures.flatMap { mixture in
            mixture.warnings.filter(\.isSevere).map(\.message)
                + (mixture.hasEqualSources ? ["Nothing distinguishes the sources: no qualities and no pilots"] : [])
        }
    }

    private var fitDoubts: [String] {
        fits.flatMap { ($0.isConverged ? [] : ["The search did not converge"]) + $0.warnings }
    }

    /// The limits of every audit, shown if there is no more serious doubt.
    private var auditLimits: [String] {
        guard let audit = audits.first else { return [] }
        if audit.nearDuplicates == nil {
            return [
                "Only exact copies were looked for, so the unique tokens are an upper bound"
                    + (audit.tokenizer.isEstimate ? "; tokens are estimated from bytes" : "")
            ]
        }
        return audit.tokenizer.isEstimate ? ["Tokens are estimated from bytes"] : []
    }

    /// The first sentence of a text, without its full stop.
    private static func sentence(_ text: String) -> String {
        var result = ""
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            if character == ".", next == " " { break }
            result.append(character)
        }
        return result
    }
}
