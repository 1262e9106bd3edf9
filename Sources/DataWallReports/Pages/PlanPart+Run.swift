import Quantities
import TrainingPlanning

// The run recommended, its expense, and the model to build.

extension PlanPart {
    private var hasRanges: Bool {
        best.epochsInterval != nil || best.parametersInterval != nil || best.lossInterval != nil
    }

    var runFigure: PageFigure {
        var table = PageTable("The run recommended", columns: [.text("quantity"), .number("value")])
        func row(_ name: String, _ value: String?, _ range: String = "") {
            if let value { table.add([name, value], range: range) }
        }
        row("parameters (N)", Quantity.short(best.parameters), span(best.parametersInterval, Quantity.short))
        row("training tokens (D)", Quantity.short(best.tokens), span(best.tokensInterval, Quantity.short))
        row("in the law's own tokens", best.lawTokens.map(Quantity.short))
        row("worth in fresh tokens", best.effectiveTokens.map(Quantity.short))
        row("unique tokens used", Quantity.short(best.uniqueTokens))
        row("epochs", epochs(best.epochs), span(best.epochsInterval) { epochs($0) })
        row("passes over the files", epochs(best.passesOverFiles))
        row("mean reads of a text beyond its first", plan.recommended.meanRepeats.map(Quantity.short))
        row("tokens per parameter", Quantity.short(best.tokensPerParameter))
        row("training FLOPs\(plan.flopModel.map { " (\($0))" } ?? "")", Quantity.flops(best.flops))
        row("budget used", best.budgetUsed.map { Quantity.percent($0) })
        row("loss under the law\(unitSuffix)", best.loss.map { loss($0) }, span(best.lossInterval, loss))
        if let decision = plan.decision {
            row("expected excess over the families' own best", Quantity.percentAbove(decision.expectedExcess))
            row("excess in the worst tenth of draws", Quantity.percentAbove(decision.tailExcess))
            row("excess under the worst draw", Quantity.percentAbove(decision.worstExcess))
            row("family with the largest expected excess", decision.worstFamily)
            row("draws that were weighed", Quantity.grouped(decision.draws))
        }
        let factors: [(String, Double?)] = [
            ("compute", best.extrapolation.flops), ("parameters", best.extrapolation.parameters),
            ("unique tokens", best.extrapolation.uniqueTokens), ("epochs", best.extrapolation.epochs),
            ("tokens per parameter", best.extrapolation.tokensPerParameter),
        ]
        for case (let name, let factor?) in factors where factor > 1 {
            row("\(name) outside the law's range", "× \(Quantity.significant(factor, digits: 3))")
        }
        row("status", ([plan.status] + plan.furtherStatuses).map(\.rawValue.spelled).joined(separator: ", "))
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-run", title: "The run recommended",
            text: hasRanges ? "Ranges: \(ranges)." : "", table: table)
    }

    /// The run's expense: hours, days, dollars, and the cost that is minimised if it is not a loss.
    var spendingFigure: PageFigure? {
        let run = plan.recommended
        var table = PageTable("What the run takes", columns: [.text("what"), .number("amount")])
        func row(_ name: String, _ value: String?) {
            if let value { table.add([name, value]) }
        }
        row("\(plan.budget?.accelerator ?? "accelerator")-hours", run.acceleratorHours.map(Quantity.short))
        row("days of training", run.days.map(Quantity.short))
        row("training", run.trainingDollars.map(Quantity.dollars))
        row("serving over the model's life", run.servingDollars.map(Quantity.dollars))
        if let training = run.trainingDollars, let serving = run.servingDollars {
            row("training and serving", Quantity.dollars(training + serving))
        }
        row("tokens served", plan.constraints.terms.inferenceTokens.map(Quantity.short))
        if plan.objective != "min-loss", !costIsExcess, let unit = plan.costUnit {
            row("\(plan.objective) (what is minimised)", Quantity.amount(best.cost, in: unit, digits: 4))
        }
        guard !table.rows.isEmpty else { return nil }
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-spending", title: "What the run takes", table: table)
    }

    /// A model of the recommended size, with batch and learning rate.
    var modelFigure: PageFigure? {
        guard let model = plan.model else { return nil }
        var table = PageTable("A model to build", columns: [.text("what"), .number("value")])
        func row(_ name: String, _ value: String?) {
            if let value { table.add([name, value]) }
        }
        row("layers", Quantity.grouped(model.layers))
        row("width", Quantity.grouped(model.width))
        row("heads", "\(Quantity.grouped(model.heads)) of \(Quantity.grouped(model.headSize))")
        row("heads of keys and values", Quantity.grouped(model.keyValueHeads))
        row("width of feed-forward layers", Quantity.grouped(model.feedForwardWidth))
        row("width over layers", Quantity.short(model.aspectRatio))
        row("vocabulary", Quantity.grouped(model.vocabularySize))
        row("context, tokens", Quantity.grouped(model.contextLength))
        row("embeddings", model.hasTiedEmbeddings ? "tied" : "separate output embeddings")
        row("parameters", Quantity.short(Double(model.parameters)))
        row("without embeddings", Quantity.short(Double(model.nonEmbeddingParameters)))
        row("away from the plan's size", Quantity.percent(model.sizeError))
        row("training tokens per parameter", Quantity.short(model.tokensPerParameter))
        row("times Chinchilla's ratio", Quantity.short(model.timesChinchilla))
        row("training FLOPs per token", Quantity.flops(model.trainingFLOPsPerToken))
        for rule in model.hyperparameters {
            let range = Self.reach(rule)
            row("batch by \(rule.law)\(range)", rule.batchTokens.map { "\(Quantity.short($0)) tokens" })
            row(
                "peak learning rate by \(rule.law)\(range)",
                rule.learningRate.map { Quantity.significant($0, digits: 3) })
        }
        table.rows += table.rest
        table.rest = []
        table.captionKind = "silent"
        return PageFigure(
            identifier: identifier + "-model", title: "A model to build",
            text:
                "A decoder of the recommended size (\(model.architecture)), with batch and learning rate by published "
                + "rules.", table: table)
    }

    private static func reach(_ rule: PlanFile.Rule) -> String {
        rule.extrapolation > 1
            ? ", outside its range by a factor of \(Quantity.significant(rule.extrapolation, digits: 2))" : ""
    }

    /// Weight decay and epochs by rules for repeated data.
    var recipesFigure: PageFigure? {
        guard !plan.recipes.isEmpty else { return nil }
        var table = PageTable(
            "Rules for repeated data",
            columns: [
                .text("rule"), .number("weight decay"), .number("epochs"), .number("outside its range"),
                .text("source"),
            ])
        for rule in plan.recipes {
            table.add([
                rule.law, rule.weightDecay.map { Quantity.significant($0, digits: 3) } ?? "–",
                rule.epochs.map { epochs($0) } ?? "–",
                rule.extrapolation > 1 ? "× \(Quantity.significant(rule.extrapolation, digits: 2))" : "no",
                rule.source,
            ])
        }
        table.captionKind = "silent"
        return PageFigure(identifier: identifier + "-recipes", title: "Rules for repeated data", table: table)
    }
}
