import BuiltInModels
import Foundation
import LawFitting
import ScalingLaws

func read(_ path: String, _ filter: String?) throws -> MeasuredRuns {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var options = RunTableOptions()
    if let filter { options.filter = try RunExpression(filter) }
    return try RunTableReader(options).read(text)
}
let data = CommandLine.arguments[1]
func time<R>(_ label: String, _ body: () throws -> R) rethrows -> R {
    let clock = ContinuousClock()
    let start = clock.now
    let r = try body()
    print(label, clock.now - start)
    return r
}
func show(_ fit: LawFit) {
    print("  obj", fit.objectiveValue, "evals", fit.evaluations, "iters", fit.iterations, "starts", fit.starts, "conv", fit.converged, "R2", fit.determination ?? 0, fit.boundaries.map { $0.name + $0.side.rawValue })
    print("  ", zip(fit.law.card.coefficientNames, fit.coefficients).map { "\($0)=\($1)" }.joined(separator: " "))
    for o in fit.optima { print("     ", o.value, o.starts, o.coefficients) }
}
let models = ModelCatalog.standard.laws
let chinchilla = try read(data + "/chinchilla_runs.csv", "in_besiroglu_fit=1")
let bl = try read(data + "/datablations_runs.csv", "in_paper_fit=1")
let law = try models.model(named: "chinchilla")
for o in [FitObjective.standard, .absolute] {
let fit = try LawFitter(law, options: FitOptions(objective: o)).fit(chinchilla)
let e = try time("bootstrap 4000") { try fit.bootstrap(BootstrapOptions(samples: 4000)) }
print(e.failures, e.evaluations)
for n in fit.freeCoefficients { let i = e.percentileInterval(of: n, level: 0.95)!; let b = e.interval(of: n, level: 0.95)!; print(n, fit[n]!, e.standardError(of: n)!, i.lower, i.upper, "width", i.upper - i.lower, "bc", b.lower, b.upper) }
for n in fit.freeCoefficients { let p = try time("profile") { try fit.profile(of: n, level: 0.95) }; print(n, p.interval, p.verdict, p.points.count) }
}
let m = try models.model(named: "muennighoff")
var held: [String: Double] = [:]
for k in m.card.coefficients where !["RD", "RN"].contains(k.name) { held[k.name] = k.value }
let f = try LawFitter(m, options: FitOptions(held: held)).fit(bl)
for n in ["RD", "RN"] { let p = try time("profile") { try f.profile(of: n) }; print(n, p.interval, p.verdict, p.threshold); for q in p.points { print("   ", q.value, q.objective) } }
let e = try time("bootstrap 300") { try f.bootstrap(BootstrapOptions(samples: 300)) }
for n in ["RD", "RN"] { let v = e.values(of: n)!.sorted(); print(n, [0.05,0.25,0.5,0.75,0.95].map { v[Int($0 * 299)] }) }
for name in ["lovelace", "muennighoff"] {
let g = try LawFitter(models.model(named: name)).fit(bl)
for n in g.freeCoefficients { let p = try time("profile") { try g.profile(of: n) }; print(n, g[n]!, p.interval, p.verdict, p.points.count) }
}
