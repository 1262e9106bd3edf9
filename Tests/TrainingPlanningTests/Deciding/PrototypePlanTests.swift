import BuiltInModels
import ComputeOptimal
import Foundation
import ScalingLaws
import Testing
import TrainingPlanning

/// Plans on the draws of an independent prototype (SciPy), which are next to the package where it is developed.
@Suite struct PrototypePlanTests {
    /// The prototype's draws, by family: each a coefficient's value by its column.
    private static let draws: [String: [[String: Double]]] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("../shared/data/prototype_draws.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [:] }
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        guard let head = lines.first else { return [:] }
        var draws: [String: [[String: Double]]] = [:]
        for line in lines.dropFirst() where line[2] != "central" {
            let cells = zip(head, line).compactMap { name, cell in Double(cell).map { (name, $0) } }
            draws[line[0], default: []].append(Dictionary(uniqueKeysWithValues: cells))
        }
        return draws
    }()

    /// A law with the prototype's draws, and the one error that it knows of the family.
    private static func law(
        _ identifier: String, error: Double, _ draws: [[String: Double]]
    ) throws -> any ScalingLaw {
        let law = try #require(ModelCatalog.standard.decidingLaws.first { $0.card.identifier == identifier })
        return ChangedLaw(law) { card in
            let names = card.coefficientNames
            card.ensemble = draws.map { draw in
                names.map { name in
                    switch name {
                    case "A": Elementary.exp(draw["ln_A"] ?? .nan)
                    case "B": Elementary.exp(draw["ln_B"] ?? .nan)
                    case "P": Elementary.exp(draw["ln_P"] ?? .nan)
                    case "kappa": draw["kappa_N"] ?? .nan
                    case "gap": (draw["kappa_U"] ?? .nan) - (draw["kappa_N"] ?? .nan)
                    case "r0", "RD": draw["r0_or_RD"] ?? .nan
                    case "L0": Elementary.log(50_257)
                    default: draw[name] ?? .nan
                    }
                }
            }
            for index in card.evidence.indices { card.evidence[index].contrastError = error }
        }
    }

    private static func laws() throws -> [any ScalingLaw] {
        let (a, b) = (draws["A"] ?? [], draws["B"] ?? [])
        let (h, m) = (draws["H"] ?? [], draws["M"] ?? [])
        // The third family is the backbone of H with the penalty of B, draw by draw.
        let c = zip(h, b).map { backbone, penalty in
            backbone.merging(penalty.filter { ["ln_P", "kappa_N", "kappa_U", "r0_or_RD"].contains($0.key) }) { $1 }
        }
        return [
            try law("bounded-log", error: 1, a), try law("lovelace-log", error: 1.05, b),
            try law("chinchilla-log", error: 1.2, c), try law("muennighoff-soft", error: 1, m),
            try law("chinchilla-soft", error: 1, h),
        ]
    }

    /// N in units of 1e9 and epochs, as `decision-prototype` prints them, to two digits.
    ///
    /// Where the budget binds only the two digits part us. Where it does not, the prototype has no price of compute and
    /// its weights move with the budget, so that 20 % are allowed.
    @Test(
        "on its draws and errors, the runs are those of the prototype", .enabled(if: !draws.isEmpty),
        arguments: [
            (25e9, 1e20, 0.67, 1, 0.06), (25e9, 1e22, 7.0, 9.5, 0.06), (3e11, 1e24, 81, 6.9, 0.06),
            (4e12, 1e24, 70, 0.6, 0.06), (4e12, 3.8e25, 570, 2.8, 0.06), (1.5e13, 3.8e25, 444, 0.95, 0.06),
            (1e9, 1e20, 0.60, 28, 0.06), (25e9, 1e24, 9.0, 17, 0.2), (3e11, 3.8e25, 94, 7.5, 0.2),
        ])
    func runs(unique: Double, flops: Double, billions: Double, epochs: Double, tolerance: Double) throws {
        let run = try Planner(laws: Self.laws(), objective: MinimumLoss()).run(
            DataSupply(uniqueTokens: unique), within: .flops(flops),
            constraints: PlanConstraints(minTokensPerParameter: 3))
        #expect(abs(Elementary.log(run.parameters / (billions * 1e9))) < tolerance, "\(run.parameters)")
        #expect(abs(Elementary.log(run.epochs / epochs)) < tolerance, "\(run.epochs)")
    }
}
