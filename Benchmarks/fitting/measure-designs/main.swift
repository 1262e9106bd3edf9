// How wide is the forecast of a proposed design, beside even grids of the same cost, on laws that it was not chosen on?
//
//     swift run -c release --package-path Benchmarks measure-designs [SEED ...]
//
// For each budget: the width as stated, then the widths on 100 laws of each of some seeds that nothing was chosen on. Give
// seeds that nobody has looked at: 1 to 6 and 97 to 99 were looked at while the search was built.

import Bounded
import Chinchilla
import Quantities
import RunDesign
import ScalingLaws
import TrainingPlanning

let seeds = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let asked = seeds.isEmpty ? [97, 98, 99] : Array(seeds)
let listed = asked.map { "\($0)" }.joined(separator: ", ")
print("| law | budget | runs | stated | held out (seeds \(listed)) | uniform | isoflop | CPU-bound seconds |")
print("| --- | ---: | ---: | ---: | --- | --- | --- | ---: |")
for (law, repeats) in [(SoftChinchillaLaw() as any ScalingLaw, false), (BoundedLogLaw(), true)] {
    for budget in [1e19, 1e20, 1e21, 1e22] {
        let unique = repeats ? 4e9 * (budget / 1e20).squareRoot() : nil
        let designer = RunDesigner(
            DesignQuestion(law: law, budget: budget, uniqueTokens: unique, family: try ModelFamily()))
        let clock = ContinuousClock()
        let start = clock.now
        let design = try designer.design()
        let time = clock.now - start
        var own: [Double] = []
        var others: [String: [Double]] = [:]
        for seed in asked {
            own.append(try designer.trial(design.runs, target: design.target, truths: 100, seed: seed).width)
            for rival in design.rivals {
                others[rival.name, default: []].append(
                    try designer.trial(rival.runs, target: design.target, truths: 100, seed: seed).width)
            }
        }
        func list(_ widths: [Double]) -> String { widths.map { Quantity.percent($0) }.joined(separator: ", ") }
        print(
            "| \(law.card.identifier) | \(Quantity.flops(budget)) | \(design.runs.count) "
                + "| \(Quantity.percent(design.trial.width)) | \(list(own)) | \(list(others["uniform"] ?? [])) "
                + "| \(list(others["isoflop"] ?? [])) | \(time) |")
    }
}
