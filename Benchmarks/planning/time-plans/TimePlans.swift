import BuiltInModels
import ComputeOptimal
import Glibc
import Lovelace
import Muennighoff
import ScalingLaws
import TrainingPlanning

/// Times plans in process: under two laws, without and with an ensemble of 1,000, and under the families that decide by
/// default, the whole plan and the run alone. Prints processor time and time on the clock, the median of the rounds and
/// their range, in milliseconds.
///
/// `time-plans [ROUNDS]`
@main
enum TimePlans {
    static func main() throws {
        let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 15
        for (name, law) in [("muennighoff", MuennighoffLaw()), ("lovelace", LovelaceLaw())]
            as [(String, any ScalingLaw)]
        {
            try time("\(name), point plan", rounds: rounds, law: Sampled(base: law, members: 0))
            try time("\(name), ensemble of 1,000", rounds: rounds, law: Sampled(base: law, members: 1_000))
        }
        let planner = Planner(laws: ModelCatalog.standard.decidingLaws, objective: MinimumLoss())
        for (unique, flops) in [(25e9, 1e22), (1e8, 1e22), (15e12, 1e24)] {
            let supply = try DataSupply(uniqueTokens: unique)
            try time("families, U \(unique), C \(flops), plan", rounds: rounds) {
                try planner.plan(supply, within: .flops(flops)).recommended.epochsInterval
            }
            try time("families, U \(unique), C \(flops), run alone", rounds: rounds) {
                try planner.run(supply, within: .flops(flops)).epochsInterval
            }
        }
    }

    static func time(_ name: String, rounds: Int, law: any ScalingLaw) throws {
        let planner = Planner(law: law, objective: MinimumLoss())
        let supply = try DataSupply(uniqueTokens: 25e9)
        try time(name, rounds: rounds) { try planner.plan(supply, within: .flops(1e22)).recommended.epochsInterval }
    }

    static func time(_ name: String, rounds: Int, _ plan: () throws -> ClosedRange<Double>?) throws {
        var (wall, processor): ([Double], [Double]) = ([], [])
        var epochs: ClosedRange<Double>?
        for round in 0...rounds {
            let start = clock()
            let duration = try ContinuousClock().measure {
                epochs = try plan()
            }
            // The first round warms up.
            guard round > 0 else { continue }
            processor.append(Double(clock() - start) * 1e3 / Double(CLOCKS_PER_SEC))
            wall.append(
                Double(duration.components.seconds) * 1e3 + Double(duration.components.attoseconds) * 1e-15)
        }
        print(
            "\(name): processor \(summary(processor)) ms, clock \(summary(wall)) ms"
                + (epochs.map { ", epochs \(short($0.lowerBound)) to \(short($0.upperBound))" } ?? ""))
    }

    static func summary(_ times: [Double]) -> String {
        let sorted = times.sorted()
        return "\(short(sorted[sorted.count / 2])) (\(short(sorted[0]))–\(short(sorted[sorted.count - 1])))"
    }

    static func short(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

/// A law with as many members in its ensemble as asked: its own, in turn, each time moved a little further.
struct Sampled: ScalingLaw {
    let base: any ScalingLaw
    let members: Int

    var card: ModelCard {
        var card = base.card
        let own = card.ensemble
        // Draws from a covariance would take the place of members.
        card.covariance = nil
        card.ensemble = (0..<members).map { index in
            zip(own[index % own.count], card.coefficients).map { value, coefficient in
                let moved = value * (1 + 1e-3 * Double(index / own.count))
                return min(max(moved, coefficient.lowerBound), coefficient.upperBound)
            }
        }
        return card
    }

    func loss(of run: RunSymbols, _ c: CoefficientSymbols) -> Formula { base.loss(of: run, c) }
}
