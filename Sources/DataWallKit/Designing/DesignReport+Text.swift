import DataWallReports
import LawFitting
import Quantities
import RunDesign
import ScalingLaws
import TrainingPlanning

extension DesignReport {
    /// The report as lines for a terminal: the decision, its certainty, the levels of compute, and the next command.
    ///
    /// - Parameter explained: Whether to add every run with its shape, the coefficients, and the assumptions. Otherwise
    ///   the answer has at most 24 lines.
    /// - Returns: The lines, without line ends.
    public func text(explained: Bool = false) -> [String] {
        var answer = ScreenAnswer()
        answer.say([decision, sureness])
        answer.skipLine()
        answer.show(levels, of: "level")
        answer.skipLine()
        answer.say(learned)
        if let pilots {
            answer.say(
                "Then \(pilots.runs) pilots of the mixture, \(Quantity.short(pilots.parameters)) on "
                    + "\(Quantity.short(pilots.tokens)) each, \(Quantity.flops(pilots.flops)) FLOPs: \(pilots.command)")
        }
        answer.say(next)
        answer.remark(notes.map { "! " + $0 })
        explain(in: &answer)
        return answer.lines(explained: explained)
    }

    private func half(_ width: Double) -> String { "±" + Quantity.percent(width / 2) }

    private var decision: String {
        let count = Quantity.count(design.runs.count, "run")
        let expense = cluster?.expense(of: design.compute)
        let price = [
            expense?.dollars.map { Quantity.dollars($0) },
            expense.map { "\(Quantity.short($0.acceleratorHours)) accelerator-hours" },
        ].compactMap { $0 }
        return "Train these \(count) first, from \(Quantity.short(smallest)) to \(Quantity.short(largest)) parameters: "
            + "\(Quantity.flops(design.compute)) FLOPs"
            + (price.isEmpty ? "" : " (\(price.joined(separator: ", ")))")
            + ". A fit to them forecasts the loss at \(Quantity.flops(design.question.target)) FLOPs to within "
            + "\(half(design.trial.width)) (90 %)."
    }

    private var smallest: Double { design.runs.map(\.parameters).min() ?? 0 }
    private var largest: Double { design.runs.map(\.parameters).max() ?? 0 }

    private var sureness: String {
        var sentence = "Before any run it is \(half(design.trial.widthBefore))"
        let words = ["uniform": "an even grid of sizes and tokens", "isoflop": "even IsoFLOP levels"]
        for rival in design.rivals {
            sentence += "; \(words[rival.name] ?? rival.name) of the same cost would leave \(half(rival.trial.width))"
        }
        if let size = design.trial.sizeWidth {
            sentence +=
                ". The best size comes out within a factor of "
                + Quantity.significant(Elementary.exp(size / 2), digits: 3)
        }
        return sentence + ". What the law's form misses comes on top: 'fit' measures it on the runs."
    }

    private var levels: TextTable {
        var table = TextTable(columns: [
            "FLOPs a run": .right, "runs": .right, "sizes": .left, "D/N": .left, "epochs": .left, "cost": .right,
        ])
        for level in design.levels {
            let runs = design.runs.filter { $0.level == level }
            func range(_ value: (DesignedRun) -> Double, _ write: (Double) -> String) -> String {
                let values = Set(runs.map { write(value($0)) })
                guard values.count > 1, let low = runs.map(value).min(), let high = runs.map(value).max() else {
                    return values.first ?? ""
                }
                return "\(write(low)) to \(write(high))"
            }
            table.add([
                Quantity.flops(level), "\(runs.count)", range(\.parameters) { Quantity.short($0) },
                range(\.tokensPerParameter) { Quantity.significant($0, digits: 2) },
                Set(runs.map { $0.epochs.rounded() }).sorted().map { Quantity.exact($0) }.joined(separator: ", "),
                Quantity.percent(runs.reduce(0) { $0 + $1.compute } / design.compute),
            ])
        }
        return table
    }

    private var learned: String {
        func names(_ verdict: Identifiability) -> String? {
            let found = design.trial.coefficients.filter { $0.verdict == verdict }.map(\.name)
            return found.isEmpty ? nil : found.joined(separator: ", ")
        }
        let parts = [
            names(.identified).map { "the runs identify \($0)" }, names(.weak).map { "they narrow \($0) a little" },
            names(.priorAlone).map { "of \($0) they say next to nothing" },
        ].compactMap { $0 }
        let sentence = parts.joined(separator: "; ") + "."
        return sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private var next: String {
        "'--emit csv -o runs.csv' writes the table; with the losses filled in: datawall fit runs.csv --law "
            + ShellWords.joined([design.question.law.card.identifier])
    }

    private func explain(in answer: inout ScreenAnswer) {
        var table = TextTable(columns: [
            "run": .right, "N": .right, "D": .right, "epochs": .right, "FLOPs": .right, "layers": .right,
            "width": .right, "heads": .right, "batch": .right, "rate": .right,
        ])
        for entry in entries {
            let run = entry.run
            table.add([
                "\(entry.number)", Quantity.short(run.parameters), Quantity.short(run.tokens),
                Quantity.exact(run.epochs.rounded()), Quantity.flops(run.compute), "\(run.shape.layers)",
                "\(run.shape.width)", "\(run.shape.heads)",
                entry.suggestion?.batchTokens.map { Quantity.short($0) } ?? "–",
                entry.suggestion?.learningRate.map { Quantity.significant($0, digits: 2) } ?? "–",
            ])
        }
        var coefficients = TextTable(columns: [
            "coefficient": .left, "doubt before": .right, "after": .right, "": .left,
        ])
        for coefficient in design.trial.coefficients {
            coefficients.add([
                coefficient.name, Quantity.significant(coefficient.before, digits: 2),
                Quantity.significant(coefficient.error, digits: 2), coefficient.verdict.rawValue,
            ])
        }
        let scatter = Quantity.percent(design.question.scatter)
        let rules = Set(entries.compactMap { $0.suggestion?.law }).sorted()
        let assumptions =
            [
                "The big run: \(Quantity.short(design.target.parameters)) parameters on "
                    + "\(Quantity.short(design.target.tokens)) tokens, the best of its compute by present knowledge."
            ]
            + [
                "\(design.trial.trials) laws were drawn, each run simulated with a scatter of \(scatter) "
                    + (hasOwnScatter ? "(--scatter)" : "(of the law's card; --scatter)")
                    + ", independent from run to run, and the law fitted again."
            ]
            + (design.trial.failures > 0
                ? ["\(design.trial.failures) of the simulated sweeps could not be fitted."] : [])
            + (design.decades < 3
                ? [
                    "The levels span \(Quantity.exact(design.decades)) factors of ten instead of three: smaller models cannot "
                        + "be built."
                ] : [])
            + ["Prior knowledge: \(design.priorSource)."]
            + (rules.isEmpty ? [] : ["Batch (tokens) and learning rate: \(rules.joined(separator: ", "))."])
        answer.explain("Runs", table.lines)
        answer.explain(
            "Coefficients", coefficients.lines + ["Doubt is a standard deviation (for factors: of the logarithm)."])
        answer.explain("Assumptions", assumptions)
    }
}
