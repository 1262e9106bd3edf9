import BuiltInModels
import Foundation
import LawFitting
import OrderedJSON
import ScalingLaws

/// Fits Chinchilla's form to a run table and prints how long that took, as JSON.
///
/// `time-fits TABLE CONDITION (standard | reference | bootstrap N | resamples N)`
@main
enum TimeFits {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4 else {
            FileHandle.standardError.write(Data("usage: time-fits TABLE CONDITION MODE [N]\n".utf8))
            exit(64)
        }
        let text = try String(contentsOfFile: arguments[1], encoding: .utf8)
        let filter = arguments[2].isEmpty ? nil : try RunExpression(arguments[2])
        let runs = try RunTableReader(RunTableOptions(filter: filter)).read(text)
        let law = try ModelCatalog.standard.laws.model(named: "chinchilla")
        let count = arguments.count > 4 ? Int(arguments[4]) ?? 1 : 1
        let report: JSONValue
        switch arguments[3] {
        case "standard": report = try standard(law, runs, repeats: count)
        case "reference": report = try reference(law, runs)
        case "bootstrap": report = try bootstrap(law, runs, samples: count)
        case "resamples": report = try resamples(law, runs, samples: count)
        default:
            FileHandle.standardError.write(Data("no such mode: \(arguments[3])\n".utf8))
            exit(64)
        }
        print(report.compactText)
    }

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let duration = try clock.measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    static func object(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { JSONMember(key: $0.key, value: $0.value) })
    }

    /// The median time of some fits by the standard search.
    static func standard(_ law: any ScalingLaw, _ runs: MeasuredRuns, repeats: Int) throws -> JSONValue {
        var times: [Double] = []
        var fit = try LawFitter(law).fit(runs)
        for _ in 0..<repeats { times.append(try seconds { fit = try LawFitter(law).fit(runs) }) }
        return object([
            "seconds": .number(times.sorted()[times.count / 2]), "evaluations": .integer(fit.evaluations),
            "objective": .number(fit.objectiveValue),
        ])
    }

    static func reference(_ law: any ScalingLaw, _ runs: MeasuredRuns) throws -> JSONValue {
        var result: LawFit?
        let time = try seconds { result = try LawFitter(law, options: FitOptions(search: .reference)).fit(runs) }
        return object([
            "seconds": .number(time), "evaluations": .integer(result?.evaluations ?? 0),
            "starts": .integer(result?.starts ?? 0), "objective": .number(result?.objectiveValue ?? .infinity),
        ])
    }

    static func bootstrap(_ law: any ScalingLaw, _ runs: MeasuredRuns, samples: Int) throws -> JSONValue {
        let fit = try LawFitter(law).fit(runs)
        var result: FitEnsemble?
        let time = try seconds { result = try fit.bootstrap(BootstrapOptions(samples: samples, seed: 11)) }
        return object([
            "seconds": .number(time), "evaluations": .integer(result?.evaluations ?? 0),
            "failures": .integer(result?.failures ?? 0),
        ])
    }

    /// What the bootstrap drew and found, for others to check.
    static func resamples(_ law: any ScalingLaw, _ runs: MeasuredRuns, samples: Int) throws -> JSONValue {
        let fit = try LawFitter(law).fit(runs)
        let options = BootstrapOptions(samples: samples, seed: 11)
        let ensemble = try fit.bootstrap(options)
        let counts = try fit.resamples(options)
        return object([
            "names": .array(law.card.coefficientNames.map { .string($0) }),
            "members": .array(ensemble.members.map { .array($0.map { .number($0) }) }),
            "counts": .array(counts.map { .array($0.map { .integer($0) }) }),
        ])
    }
}
