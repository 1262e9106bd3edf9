import DataWallKit
import Foundation
import Testing

@Suite struct FitCommandTests {
    static let table = PackageFolder.dataset("synthetic/runs.csv").path

    @Test("a fit prints what it found, and writes a law that predictions read")
    func fit() throws {
        let folder = try TestFolder([:])
        let run = try CommandRun(
            [
                "fit", Self.table, "--law", "chinchilla", "--where", "epochs<=1", "--bootstrap", "40", "--hold-out",
                "params>2B", "-o", "law.json", "--residuals", "residuals.csv", "--profiles", "profiles.csv", "--name",
                "mine",
            ], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("chinchilla fits 90 runs with a median error of "))
        #expect(run.sentences.contains("Held out (params>2B"))
        let law = try FileLaw(
            parsing: Array(folder.read("law.json").utf8), forms: ModelCatalog.standard.laws, file: "law.json")
        #expect(law.card.identifier == "mine")
        #expect(law.card.ensemble.count == 40)
        #expect(law.card.provenance.kind == .user)
        #expect(law.card.provenance.source.contains("sha256 "))
        #expect(try law.compiled().loss(parameters: 1e9, tokens: 2e10) > 2)
        #expect(try folder.read("residuals.csv").split(separator: "\n").count == 91)
        #expect(try folder.read("profiles.csv").hasPrefix("coefficient,value,objective,threshold,E,A,alpha,B,beta\n"))
        let prediction = try CommandRun(
            ["predict", "--law", "law.json", "--parameters", "1e9", "--tokens", "20e9"], in: folder.path)
        #expect(prediction.status == 0, "\(prediction.errors)")
    }

    @Test("a law that was fitted plans, with intervals from its own ensemble")
    func plan() throws {
        let folder = try TestFolder([:])
        let fit = try CommandRun(
            ["fit", Self.table, "--law", "lovelace", "--bootstrap", "20", "-o", "law.json", "--name", "mine"],
            in: folder.path)
        #expect(fit.status == 0, "\(fit.errors)")
        let run = try CommandRun(
            ["plan", "--unique-tokens", "10e9", "--flops", "1e21", "--law", "law.json", "--json"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let plan = try JSONValue(parsing: Array(run.output.utf8))
        #expect(plan["law"] == "mine")
        #expect(plan["status"] == "optimal")
        guard let recommended = plan["recommended"], case .number(let epochs)? = recommended["epochs"],
            case .array(let ends)? = recommended["epochs_interval"], case .number(let low)? = ends.first,
            case .number(let high)? = ends.last
        else {
            Issue.record("the plan has no epochs with an interval")
            return
        }
        // The table's own law, of which these runs are a noisy sample, is best at 5 epochs.
        #expect((4.5...5.5).contains(epochs))
        #expect(low < epochs && epochs < high)
    }

    @Test("JSON holds every number, in the same order each time")
    func json() throws {
        let arguments = ["fit", Self.table, "--law", "lovelace", "--law", "chinchilla", "--bootstrap", "0", "--json"]
        let run = try CommandRun(arguments)
        #expect(run.status == 0, "\(run.errors)")
        let value = try JSONValue(parsing: Array(run.output.utf8))
        #expect(value["law"] == .string("lovelace"))
        #expect(value["coefficients"]?["delta"]?["identifiability"] != nil)
        #expect(value["comparison"] != nil)
        #expect(try CommandRun(arguments).output == run.output)
    }

    @Test("groups are compared and a run in flight is judged from the same command")
    func studies() throws {
        let folder = try TestFolder(["log.csv": "tokens,loss\n2e9,3.1\n5e9,2.9\n"])
        let run = try CommandRun(
            [
                "fit", Self.table, "--law", "chinchilla", "--where", "epochs<=1", "--bootstrap", "40",
                "--compare-groups",
                "a,b", "--watch", "log.csv", "--watch-parameters", "1B", "--watch-tokens", "20B", "--allocation",
                "--sensitivity", "--explain",
            ], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("a against b: no difference seen"))
        #expect(run.output.contains("The run in flight is"))
        #expect(run.output.contains("3 parametric"))
        #expect(run.output.contains("± at 0.001 nats of noise"))
    }

    @Test(
        "what cannot be fitted is said in a sentence, with the status the manual names",
        arguments: [
            (["fit", "nowhere.csv", "--law", "chinchilla"], 66, "nowhere.csv: there is no such file"),
            (["fit", table], 64, "Name a law with --law"),
            (["fit", table, "--law", "chinchila"], 64, "did you mean 'chinchilla'"),
            (["fit", table, "--law", "chinchilla", "--loss-column", "los"], 64, "did you mean 'loss'"),
            (["fit", table, "--law", "chinchilla", "--where", "parms>1"], 64, "did you mean 'params'"),
            (["fit", table, "--law", "chinchilla", "--hold", "gamma=1"], 64, "has no coefficient 'gamma'"),
            (
                ["fit", table, "--law", "chinchilla", "--where", "params>5B"], 65,
                "cannot determine the 5 coefficients"
            ),
            (["fit", table, "--law", "lovelace", "--where", "epochs<=1"], 65, "P, delta, kappa cannot be known"),
            (["fit", table, "--law", "chinchilla", "--params-unit", "1e-6"], 65, "line 4, column 'params'"),
        ])
    func failures(arguments: [String], status: Int32, message: String) throws {
        let run = try CommandRun(arguments)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a fit leads with its forecast, and the law it writes predicts what a run will measure")
    func forecast() throws {
        let folder = try TestFolder([:])
        let run = try CommandRun(
            [
                "fit", Self.table, "--law", "chinchilla-soft", "--where", "epochs<=1", "--bootstrap", "40", "-o",
                "law.json", "--explain",
            ], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let forecast = try #require(lines.firstIndex { $0.hasPrefix("Forecast: at ") })
        let coefficients = try #require(lines.firstIndex { $0.hasPrefix("coefficient ") })
        #expect(forecast < coefficients)
        #expect(lines.contains { $0.hasPrefix("worst runs") })
        let prediction = try CommandRun(
            ["predict", "--law", "law.json", "--parameters", "1e11", "--tokens", "2e12", "--json"], in: folder.path)
        let json = try JSONValue(parsing: Array(prediction.output.utf8))
        guard case .array(let predictions)? = json["predictions"] else {
            Issue.record("no predictions")
            return
        }
        guard case .number(let distance)? = predictions.first?["interval_parts"]?["distance"] else {
            Issue.record("no distance in \(prediction.output)")
            return
        }
        #expect(distance > 0)
    }

    @Test("the log of a run in flight has columns of its own")
    func watchColumns() throws {
        let folder = try TestFolder([
            "log.csv": "_step,tokens,train/loss\n1,2e9,3.1\n2,5e9,2.9\n", "log2.csv": "tokens,loss,nll\n2e9,9,3.1\n",
        ])
        let fit = [
            "fit", Self.table, "--law", "chinchilla", "--where", "epochs<=1", "--bootstrap", "40", "--no-backtest",
        ]
        let flight = ["--watch-parameters", "1B", "--watch-tokens", "20B", "--json"]
        let known = try CommandRun(fit + ["--watch", "log.csv"] + flight, in: folder.path)
        #expect(known.status == 0, "\(known.errors)")
        let named = try CommandRun(
            fit + ["--watch", "log2.csv", "--watch-loss-column", "nll"] + flight, in: folder.path)
        #expect(named.status == 0, "\(named.errors)")
        let json = try JSONValue(parsing: Array(named.output.utf8))
        #expect(json["watch"]?["verdict"] != nil)
        let mixed = try CommandRun(
            fit + ["--watch", "log.csv", "--loss-column", "train/loss"] + flight, in: folder.path)
        #expect(mixed.status == 64)
        #expect(mixed.errors.contains("--watch-loss-column"))
    }

    @Test("a prior is named by a law, or none; one for coefficients that a law lacks is refused")
    func prior() throws {
        let base = ["fit", Self.table, "--where", "epochs<=1", "--bootstrap", "0", "--no-backtest", "--json"]
        func alpha(_ arguments: [String]) throws -> JSONValue? {
            let run = try CommandRun(base + arguments)
            #expect(run.status == 0, "\(run.errors)")
            return try JSONValue(parsing: Array(run.output.utf8))["coefficients"]?["alpha"]?["value"]
        }
        let soft = try alpha(["--law", "chinchilla-soft"])
        #expect(try alpha(["--law", "chinchilla", "--prior", "chinchilla-soft"]) == soft)
        #expect(try alpha(["--law", "chinchilla"]) != soft)
        let refused = try CommandRun(base + ["--law", "chinchilla", "--prior", "bounded-log"])
        #expect(refused.status == 65 || refused.status == 64)
        #expect(refused.errors.contains("kappa"))
        #expect(try CommandRun(base + ["--law", "chinchilla", "--prior", "hestness-nowhere"]).status != 0)
        #expect(try CommandRun(base + ["--law", "chinchilla", "--prior-strength", "0"]).status == 64)
    }
}
