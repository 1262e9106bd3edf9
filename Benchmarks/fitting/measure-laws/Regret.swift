import Bounded
import Chinchilla
import Foundation
import LawFitting
import Lovelace
import Muennighoff
import ScalingLaws

/// The regret of choices on three choices of cells.
enum Regret {
    static func cells(_ runs: MeasuredRuns) throws -> [(String, RegretCells)] {
        [
            ("9", try RegretCells(runs, leastCompute: 1e19, leastTraining: 25)),
            ("15", try RegretCells(runs, leastCompute: 1e18, leastTraining: 10)),
            ("20", try RegretCells(runs, leastCompute: 1.2589e18, leastTraining: 10, shift: 0.1)),
        ]
    }

    static func print(_ data: PublicRuns, _ dependence: Double) throws {
        let runs = try data.c4(weighted: true)
        let plain = try data.c4()
        let backbones: [(any ScalingLaw, CoefficientPrior)] = [
            (BoundedLogLaw(), BoundedLogLaw.backbonePrior), (LovelaceLogLaw(), LovelaceLogLaw.backbonePrior),
            (SoftMuennighoffLaw(), SoftMuennighoffLaw.backbonePrior),
        ]
        for (name, cells) in try cells(runs) {
            var choosers: [(name: String, rating: (RegretCells.Cell) -> DecisionRegret.Rating?)] = []
            func add(_ name: String, _ fit: @escaping (RegretCells.Cell) throws -> LawFit) {
                choosers.append(
                    (
                        name,
                        { cell in
                            do {
                                let fit = try fit(cell)
                                return { fit.predictedLoss(of: $0) }
                            } catch {
                                return nil
                            }
                        }
                    ))
            }
            // Cheap runs of other U alone; where there are too few, the prior's own centers choose.
            func addStrict(_ name: String, _ law: any ScalingLaw, _ options: FitOptions, _ prior: CoefficientPrior) {
                choosers.append(
                    (
                        name,
                        { cell in
                            let some = cell.training.filter { runs.runs[$0].uniqueTokens != cell.uniqueTokens }
                            do {
                                let fit = try LawFitter(law, options: options).fit(runs.selecting(some))
                                return { fit.predictedLoss(of: $0) }
                            } catch {
                                guard let center = UserPrior.law(law, atCentersOf: prior) else { return nil }
                                return { run in
                                    do {
                                        return try center.loss(
                                            parameters: run.parameters, tokens: run.tokens,
                                            uniqueTokens: run.uniqueTokens)
                                    } catch { return nil }
                                }
                            }
                        }
                    ))
            }
            for method in Method.asTheyStand.dropLast() {
                add(method.name + ", fitted freely to a tenth") { cell in
                    try LawFitter(method.law, options: method.options).fit(plain.selecting(cell.training))
                }
            }
            for (law, prior) in backbones {
                let id = law.card.identifier
                let held: [String: Double] = law.card.coefficientNames.contains("gap") ? ["gap": 0] : [:]
                // As the cards are fitted.
                let card = FitOptions(held: held, prior: .given(prior), dependence: 1, scatter: 0.02)
                let own = FitOptions(held: held, prior: .given(prior), dependence: dependence)
                add(id + ", own: backbone prior, a tenth") { cell in
                    try LawFitter(law, options: own).fit(runs.selecting(cell.training))
                }
                func others(_ cell: RegretCells.Cell) throws -> MeasuredRuns {
                    try runs.filtered { $0.uniqueTokens != cell.uniqueTokens }
                }
                add(id + ", card of other U") { cell in try LawFitter(law, options: card).fit(others(cell)) }
                add(id + ", card of other U, then a tenth") { cell in
                    let center = try LawFitter(law, options: card).fit(others(cell))
                    let options = FitOptions(prior: .given(UserPrior.around(center)), dependence: dependence)
                    return try LawFitter(law, options: options).fit(plain.selecting(cell.training))
                }
                addStrict(id + ", strict", law, card, prior)
                if !held.isEmpty {
                    var wide = prior
                    for index in wide.terms.indices where wide.terms[index].quantity == "gap" {
                        wide.terms[index].width = 0.2
                    }
                    addStrict(
                        id + ", strict, gap free ± 0.2", law,
                        FitOptions(prior: .given(wide), dependence: 1, scatter: 0.02), wide)
                }
            }
            let result = DecisionRegret(cells, choosers: choosers)
            Swift.print("cells of choice \(name): \(result.cells.count)")
            for score in result.scores {
                Swift.print(
                    "  \(score.chooser): mean \(MeasureLaws.percent(score.mean)) "
                        + "(90 % \(MeasureLaws.percent(score.interval.lower))–\(MeasureLaws.percent(score.interval.upper))), "
                        + "median \(MeasureLaws.percent(score.median)), worst \(MeasureLaws.percent(score.worst)), "
                        + "best run in \(score.regrets.count { $0 < 1e-12 }) cells, failures \(score.failures)")
            }
        }
    }
}

extension UserPrior {
    /// A law at the centers of a backbone's prior, whose terms stand in a fixed order.
    static func law(_ law: any ScalingLaw, atCentersOf prior: CoefficientPrior) -> CompiledLaw? {
        let c = prior.terms.map(\.center)
        guard c.count >= 6 else { return nil }
        let beta = c[3] + c[4]
        var values = [
            "E": exp(c[0]), "A": exp(c[1] + 19.5 * c[3]), "B": exp(c[2] + 23.5 * beta), "alpha": c[3], "beta": beta,
            "L0": log(50_257),
        ]
        if c.count == 9 {
            values.merge([
                "P": exp(c[5] + 22 * (c[6] + c[7]) - 19.5 * c[6]), "kappa": c[6], "gap": c[7], "r0": exp(c[8]),
            ]) { first, _ in first }
        } else {
            values["RD"] = exp(c[5])
        }
        do {
            return try CompiledLaw(law, coefficients: law.card.coefficientNames.map { values[$0] ?? .nan })
        } catch {
            return nil
        }
    }
}

/// The prior that a card states for a user's runs: its own central set, as wide as corpora and recipes differ.
enum UserPrior {
    /// Real widths: ln E, ln A − 19.5α, ln B − 23.5β, α, β − α, the penalty's level, κ, gap, ln r0, ln RD.
    static func around(_ fit: LawFit) -> CoefficientPrior {
        let names = fit.law.card.coefficientNames
        func value(_ name: String) -> Double { fit[name] ?? 0 }
        var terms = [
            CoefficientPrior.Term("log(E)", center: log(value("E")), width: 0.05),
            CoefficientPrior.Term(
                "log(A) - 19.5*alpha", center: log(value("A")) - 19.5 * value("alpha"), width: 0.15),
            CoefficientPrior.Term(
                "log(B) - 23.5*beta", center: log(value("B")) - 23.5 * value("beta"), width: 0.15),
            CoefficientPrior.Term("alpha", center: value("alpha"), width: 0.02),
            CoefficientPrior.Term("beta - alpha", center: value("beta") - value("alpha"), width: 0.015),
        ]
        if names.contains("kappa") {
            let (kappa, gap) = (value("kappa"), value("gap"))
            terms += [
                CoefficientPrior.Term(
                    "log(P) - 22*(kappa + gap) + 19.5*kappa",
                    center: log(value("P")) - 22 * (kappa + gap) + 19.5 * kappa, width: 0.25),
                CoefficientPrior.Term("kappa", center: kappa, width: 0.07),
                CoefficientPrior.Term("gap", center: gap, width: 0.1),
                CoefficientPrior.Term("log(r0)", center: log(value("r0")), width: 0.25),
            ]
        }
        if names.contains("RD") {
            terms.append(CoefficientPrior.Term("log(RD)", center: log(value("RD")), width: 0.5))
        }
        return CoefficientPrior(
            terms, source: "the card's central set; widths as corpora and recipes differ", isDefault: true)
    }
}
