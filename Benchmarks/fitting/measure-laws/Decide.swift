import Bounded
import BuiltInModels
import Chinchilla
import Foundation
import LawFitting
import Lovelace
import Muennighoff
import ScalingLaws
import TrainingPlanning

/// How well panels of laws choose runs under each rule, and how far each law errs in differences between runs.
///
/// Every law of C4's runs is refitted, with its draws, without the runs of the cell's unique tokens. Chinchilla's runs are
/// others altogether, so that its card stands as it is.
enum Decide {
    /// What speaks for a family: its central law and draws.
    struct Speaker {
        var card: ModelCard
        var central: CompiledLaw
        var draws: [CompiledLaw]
    }

    /// The families in the order of the tables: A, B, C, M, H.
    static let names = ["bounded-log", "lovelace-log", "chinchilla-log", "muennighoff-soft", "chinchilla-soft"]

    /// The speakers without the runs of one number of unique tokens.
    static func speakers(_ cards: [CardFit], without unique: Double, draws: Int) throws -> [String: Speaker] {
        var speakers: [String: Speaker] = [:]
        func add(_ law: any ScalingLaw, _ central: [Double], _ members: [[Double]]) throws {
            let compiled = try CompiledLaw(law, coefficients: central)
            speakers[law.card.identifier] = Speaker(
                card: law.card, central: compiled, draws: try members.map { try compiled.with(coefficients: $0) })
        }
        let chinchilla = SoftChinchillaLaw().card
        let backbone = Array(chinchilla.ensemble.prefix(draws))
        try add(SoftChinchillaLaw(), try chinchilla.values(), backbone)
        for card in cards where card.unit != .runs {
            let fit = try card.fit(card.runs.filtered { $0.uniqueTokens != unique })
            let members = try card.draws(fit, count: draws, seed: 11)
            try add(card.law, fit.coefficients, members)
            guard card.law is LovelaceLogLaw else { continue }
            // Backbone and penalty, draw by draw.
            let penalty = { (backbone: [Double], other: [Double]) in Array(backbone) + Array(other.dropFirst(5)) }
            try add(
                ChinchillaLogLaw(), penalty(try chinchilla.values(), fit.coefficients),
                zip(backbone, members).map(penalty))
        }
        return speakers
    }

    /// The regret of panels under the rules, on three choices of cells.
    static func print(_ data: PublicRuns, draws: Int) throws {
        let runs = try data.c4(weighted: true)
        let cards = try CardFit.all(data)
        let panels: [(String, [String], weighted: Bool)] = [
            ("A", ["bounded-log"], false), ("A, B", ["bounded-log", "lovelace-log"], false),
            ("A, B, C", ["bounded-log", "lovelace-log", "chinchilla-log"], false),
            ("A, B, C, M equal", ["bounded-log", "lovelace-log", "chinchilla-log", "muennighoff-soft"], false),
            ("all five equal", names, false), ("all five, weighted", names, true),
        ]
        var known: [Double: [String: Speaker]] = [:]
        for (choice, cells) in try Regret.cells(runs) {
            for cell in cells.cells where known[cell.uniqueTokens] == nil {
                known[cell.uniqueTokens] = try speakers(cards, without: cell.uniqueTokens, draws: draws)
            }
            var choosers: [(name: String, rating: (RegretCells.Cell) -> DecisionRegret.Rating?)] = []
            for (panel, names, isWeighted) in panels {
                for rule in DecisionRule.allCases {
                    choosers.append(
                        (
                            "\(panel), \(rule.rawValue)",
                            { cell in
                                let asked = names.compactMap { known[cell.uniqueTokens]?[$0] }
                                return rating(asked, rule, isWeighted, cell, runs) { $0.draws }
                            }
                        ))
                }
                choosers.append(
                    (
                        "\(panel), mean of the central sets",
                        { cell in
                            let asked = names.compactMap { known[cell.uniqueTokens]?[$0] }
                            return rating(asked, .expected, isWeighted, cell, runs) { [$0.central] }
                        }
                    ))
            }
            let result = DecisionRegret(cells, choosers: choosers)
            Swift.print("cells of choice \(choice): \(result.cells.count)")
            for score in result.scores {
                Swift.print(
                    "  \(score.chooser): mean \(MeasureLaws.percent(score.mean)) "
                        + "(90 % \(MeasureLaws.percent(score.interval.lower))–\(MeasureLaws.percent(score.interval.upper))), "
                        + "worst \(MeasureLaws.percent(score.worst)), best run in \(score.regrets.count { $0 < 1e-12 }) cells"
                )
            }
        }
    }

    /// Rates the runs of a cell by what a rule says of their excess.
    private static func rating(
        _ speakers: [Speaker], _ rule: DecisionRule, _ isWeighted: Bool, _ cell: RegretCells.Cell, _ runs: MeasuredRuns,
        _ sets: (Speaker) -> [CompiledLaw]
    ) -> DecisionRegret.Rating? {
        let choices = cell.choices.map { runs.runs[$0] }
        let votes = FamilyVote.votes(
            of: speakers.map(\.card), compute: cell.compute, uniqueTokens: cell.uniqueTokens)
        var excesses = choices.map { _ in [Double]() }
        var weights: [Double] = []
        for (speaker, vote) in zip(speakers, votes) {
            let sets = sets(speaker)
            for law in sets {
                let losses = choices.map { run -> Double in
                    do {
                        return log(
                            try law.loss(
                                parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens))
                    } catch { return .infinity }
                }
                guard let least = losses.min(), least < .infinity else { return nil }
                for index in losses.indices { excesses[index].append(losses[index] - least) }
                let share = isWeighted ? vote.weight : 1 / Double(speakers.count)
                weights.append(share / Double(sets.count))
            }
        }
        let values = excesses.map { rule.value(of: $0, weights: weights) }
        return { run in choices.firstIndex(of: run).map { values[$0] } }
    }

    /// The error of differences of each family, by regime of epochs.
    ///
    /// Runs of more than one epoch are compared within cells of equal unique tokens and nearly equal compute. Runs of one
    /// epoch have no such cells, since each has unique tokens of its own: they are compared within nearly equal compute.
    static func printContrasts(_ data: PublicRuns) throws {
        let runs = try data.c4(weighted: true)
        let cards = try CardFit.all(data)
        var groups = try RegretCells(runs, leastTraining: 0, leastSettings: 2).cells.map { cell in
            cell.choices.filter { runs.runs[$0].epochs > 1 }
        }
        let flops = runs.flops
        let single = runs.runs.indices.filter { runs.runs[$0].epochs <= 1 && flops[$0] >= 1e18 }
        groups += Dictionary(grouping: single) { Int((log10(flops[$0]) * 5).rounded()) }.sorted { $0.key < $1.key }
            .map(\.value)
        var known: [Double: [String: Speaker]] = [:]
        var errors: [String: [LawEvidence.Regime: [Double]]] = [:]
        for group in groups where group.count > 1 {
            for unique in Set(group.map { runs.runs[$0].uniqueTokens }) where known[unique] == nil {
                known[unique] = try speakers(cards, without: unique, draws: 20)
            }
            for name in names {
                let residuals = try group.map { index -> Double in
                    let run = runs.runs[index]
                    guard let law = known[run.uniqueTokens]?[name]?.central else { return .nan }
                    return log(
                        try law.loss(parameters: run.parameters, tokens: run.tokens, uniqueTokens: run.uniqueTokens)
                            / run.loss)
                }
                let mean = residuals.reduce(0, +) / Double(residuals.count)
                // A mean of n takes a share 1/n of the variance with it.
                let scale = (Double(residuals.count) / Double(residuals.count - 1)).squareRoot()
                for (index, residual) in zip(group, residuals) {
                    let regime = LawEvidence.Regime(epochs: runs.runs[index].epochs)
                    errors[name, default: [:]][regime, default: []].append(abs(residual - mean) * scale)
                }
            }
        }
        for name in names {
            let parts = LawEvidence.Regime.allCases.map { regime -> String in
                let all = errors[name]?[regime] ?? []
                let mean = all.reduce(0, +) / Double(max(all.count, 1))
                return "\(regime.rawValue) \(MeasureLaws.percent(mean)) % of \(all.count) runs"
            }
            Swift.print("\(name): \(parts.joined(separator: ", "))")
        }
    }
}
