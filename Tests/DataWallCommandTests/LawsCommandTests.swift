import DataWallKit
import Foundation
import Testing

@Suite struct LawsCommandTests {
    @Test("laws are listed, and one is described")
    func listing() throws {
        let all = try CommandRun(["laws"])
        #expect(all.status == 0)
        #expect(all.output.contains("muennighoff") && all.output.contains("effective-data"))
        let one = try CommandRun(["laws", "lovelace", "--explain"])
        #expect(one.status == 0)
        #expect(one.output.contains("L = E + A/N^alpha + B/D^beta + w*P*R^delta*(N/U)^kappa"))
        #expect(one.output.contains("refit here"))
        let curve = try CommandRun(["laws", "infolaw"])
        #expect(curve.output.contains("rho = "))
    }

    @Test("a law printed as JSON is a law file that predicts the same")
    func roundTrip() throws {
        let law = try CommandRun(["laws", "lovelace", "--json"])
        let folder = try TestFolder(["my-law.json": law.output])
        let run = ["--parameters", "1B", "--tokens", "20B", "--unique-tokens", "1B", "--json"]
        let named = try CommandRun(["predict", "--law", "lovelace"] + run)
        let file = try CommandRun(["predict", "--law", "my-law.json"] + run, in: folder.path)
        #expect(named.status == 0 && file.status == 0)
        #expect(named.output == file.output)
        // The form with the constants, computed independently with 30 digits.
        #expect(named.output.contains("\"loss\": 2.978784963824"))
        let check = try CommandRun(["laws", "--check", "my-law.json"], in: folder.path)
        #expect(check.status == 0)
        #expect(check.output == "lovelace keeps the promises of laws\n")
    }

    @Test("the loss of Muennighoff's README")
    func published() throws {
        let run = try CommandRun([
            "predict", "--law", "muennighoff", "--parameters", "6.34B", "--tokens", "242B", "--unique-tokens", "25B",
            "--json",
        ])
        let json = try JSONValue(parsing: Array(run.output.utf8))
        guard case .array(let predictions) = json["predictions"], case .number(let loss) = predictions.first?["loss"]
        else {
            Issue.record("no loss")
            return
        }
        #expect(abs(loss - 2.2256440889984477) < 1e-9)
    }

    @Test("coefficients can be set, also those that a form lacks")
    func setting() throws {
        let run = ["--parameters", "1B", "--tokens", "20B"]
        let lacking = try CommandRun(["predict", "--law", "hestness"] + run)
        #expect(lacking.status == 65)
        #expect(lacking.errors.contains("no value for its coefficient 'E'"))
        let given = try CommandRun(
            ["predict", "--law", "hestness", "--set", "E=1.5", "--set", "B=1k", "--set", "beta=0.3"] + run)
        #expect(given.status == 0)
        let unknown = try CommandRun(["predict", "--law", "chinchilla", "--set", "Z=1"] + run)
        #expect(unknown.status == 64)
        #expect(unknown.errors.contains("has no coefficient 'Z'; it has E, A, alpha, B, beta"))
    }

    @Test(
        "what cannot be done is said in a sentence",
        arguments: [
            (["laws", "chinchila"], 64, "datawall: there is no law named 'chinchila'; did you mean 'chinchilla'?"),
            (["laws", "nowhere.json"], 66, "datawall: nowhere.json: there is no such file"),
            (["laws", "bad.json"], 65, "datawall: bad.json, formula: 'A' is neither a coefficient nor a symbol"),
            (["laws", "--check", "rising.json"], 1, "datawall: rising.json breaks"),
            (["predict", "--law", "chinchilla", "--parameters", "0", "--tokens", "1B"], 64, "--parameters must be"),
            (["predict", "--law", "chinchilla", "--parameters", "1B", "--tokens", "nan"], 64, "tokens"),
            (["predict", "--law", "chinchilla", "--parameters", "1B"], 64, "--tokens"),
        ])
    func failures(arguments: [String], status: Int32, message: String) throws {
        let folder = try TestFolder([
            "bad.json": """
            {"format": "datawall-law", "version": 1, "name": "bad", "formula": "E + A/N", "coefficients": {"E": 1}}
            """,
            "rising.json": """
            {"format": "datawall-law", "version": 1, "name": "rising", "formula": "E + log(N)", "coefficients": {"E": 1}}
            """,
        ])
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a law with a feature is checked at the value given for it")
    func checkFeature() throws {
        let folder = try TestFolder([
            "law.json": """
            {"format": "datawall-law", "version": 1, "name": "deep", "summary": "with depth", "features": ["depth"],
             "formula": "E + A/N^alpha + B/D^beta + c/depth",
             "coefficients": {"E": 1.8, "A": 480, "alpha": 0.35, "B": 2100, "beta": 0.37, "c": 0.1}}
            """
        ])
        let without = try CommandRun(["laws", "--check", "law.json"], in: folder.path)
        #expect(without.status == 1)
        let with = try CommandRun(["laws", "--check", "law.json", "--feature", "depth=24"], in: folder.path)
        #expect(with.status == 0, "\(with.errors)\(with.output)")
        #expect(try CommandRun(["laws", "deep", "--feature", "depth=24"], in: folder.path).status == 64)
    }
}
