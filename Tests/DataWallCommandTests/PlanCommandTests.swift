import DataWallKit
import Foundation
import Testing

@Suite struct PlanCommandTests {
    private func number(_ json: JSONValue, _ path: String...) -> Double {
        var value = json
        for key in path { value = value[key] ?? .null }
        switch value {
        case .number(let number): return number
        case .integer(let integer): return Double(integer)
        default: return .nan
        }
    }

    @Test("the data-constrained optimum at 1e22 FLOPs and 25e9 unique tokens")
    func point() throws {
        let run = try CommandRun([
            "plan", "--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennighoff", "--json",
        ])
        #expect(run.status == 0)
        let json = try JSONValue(parsing: Array(run.output.utf8))
        #expect(json["format"] == "datawall-plan")
        #expect(json["status"] == "optimal")
        #expect(abs(number(json, "recommended", "parameters") / 7.02616e9 - 1) < 1e-3)
        #expect(abs(number(json, "recommended", "tokens") / 2.37209e11 - 1) < 1e-3)
        #expect(abs(number(json, "recommended", "epochs") - 9.488) < 1e-2)
        #expect(abs(number(json, "recommended", "loss") - 2.2221293) < 1e-6)
    }

    @Test("from shards to an audit to a plan")
    func fromAudit() throws {
        let lines = (0..<50).map { "{\"text\": \"document number \($0 % 40) of a small corpus\"}\n" }.joined()
        let folder = try TestFolder(["shards/web/a.jsonl": lines])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        let run = try CommandRun(
            ["plan", "audit.json", "--flops", "1e12", "--law", "muennighoff", "--json", "-o", "plan.json"],
            in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(try folder.read("plan.json") == run.output)
        let audit = try JSONValue(parsing: Array(folder.read("audit.json").utf8))
        let plan = try JSONValue(parsing: Array(run.output.utf8))
        #expect(number(plan, "supply", "unique_tokens") == number(audit, "totals", "unique_tokens"))
        guard case .string(let digest)? = plan["audit_digest"] else {
            Issue.record("no digest")
            return
        }
        #expect(digest.hasPrefix("xxh3_128:"))
        // The audit had no vocabulary.
        let tables = try CommandRun(
            ["plan", "audit.json", "--flops", "1e12", "--law", "muennighoff"], in: folder.path)
        #expect(
            tables.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                "The supply's tokens are estimated (est.) from bytes; audit with --tokenizer to count them."))
    }

    @Test(
        "options that would have no part in the plan are refused, with what would give them one",
        arguments: [
            ("--flops 1e22 --inference-tokens 2T", "--inference-tokens has no part in 'min-loss'", "min-total-flops"),
            (
                "--flops 1e22 --requests-per-day 1M --tokens-per-request 500 --months 12", "--requests-per-day",
                "min-dollars"
            ),
            ("--flops 1e22 --cost-weight 1e-8", "--cost-weight", "min-loss-plus-cost"),
            ("--flops 1e22 --gpu h100", "--gpu", "--mfu"),
            ("--flops 1e22 --serving-gpu h100", "--serving-gpu by itself", "--serving-mfu"),
            ("--flops 1e22 --gpu h100 --serving-mfu 0.1", "--serving-mfu", "--inference-tokens"),
            (
                "--flops 1e22 --objective min-total-flops --target-loss 2.4 --inference-tokens 1T --gpu h100 "
                    + "--serving-mfu 0.1", "--serving-mfu also needs a price", "--serving-dollars-per-gpu-hour"
            ),
            ("--flops 1e22 --weights-share 0.5", "--weights-share", "--serving-memory"),
            ("--flops 1e22 --bytes-per-parameter 1", "--bytes-per-parameter", "--max-token-latency"),
            ("--flops 1e22 --law-bytes-per-token 4", "--law-bytes-per-token", "--bytes-per-token"),
            ("--flops 1e22 --feature lr=3e-4", "--feature lr", "no law asked reads it"),
            ("--flops 1e22 --level-as-supply", "--level-as-supply", "paragraphs or lines"),
            ("--flops 1e22 --sweep flops=1e20:1e22", "--flops is swept as well", "--sweep"),
            ("--max-epochs 4 --flops 1e22 --sweep max-epochs=1:8", "--max-epochs is swept", "--sweep"),
            ("--flops 1e22 --sweep inference-tokens=1e9:1e12", "has no part in 'min-loss'", "min-total-flops"),
            ("--epoch-gain 0.01 --sweep flops=1e20:1e22", "--epoch-gain", "leave out one"),
        ])
    func unused(options: String, says: String, way: String) throws {
        let words = options.split(separator: " ").map(String.init)
        let run = try CommandRun(["plan", "--unique-tokens", "25e9", "--law", "lovelace-one-parameter"] + words)
        #expect(run.status == 64, "\(options): \(run.output)")
        #expect(run.errors.contains(says) && run.errors.contains(way), "\(run.errors)")
    }

    @Test("what serving would cost is told beside any plan where it has a price, and the file is printed once")
    func told() throws {
        let run = try CommandRun([
            "plan", "--unique-tokens", "25e9", "--law", "lovelace-one-parameter", "--flops", "1e22", "--gpu", "h100",
            "--serving-mfu", "0.1", "--serving-dollars-per-gpu-hour", "2", "--inference-tokens", "1T", "--json", "-o",
            "-",
        ])
        #expect(run.status == 0, "\(run.errors)")
        let json = try JSONValue(parsing: Array(run.output.utf8))
        #expect(json["format"] == "datawall-plan")
    }

    private static let corpus = (0..<60).map { number in
        "{\"text\": \"document \(number < 30 ? 0 : number) \(String(repeating: "of a small corpus, whose first text lies there often ", count: 12))\"}\n"
    }.joined()

    /// Muennighoff's law without its ensemble, which takes a debug build seconds.
    private static let law = """
        {"format": "datawall-law", "version": 1, "name": "quick", "form": "muennighoff",
         "coefficients": {"E": {"value": 1.86914}, "A": {"value": 520.825}, "B": {"value": 1487.716},
          "alpha": {"value": 0.35266}, "beta": {"value": 0.35266}, "RD": {"value": 15.3878}, "RN": {"value": 5.3097}},
         "provenance": {"kind": "published", "source": "the form's, rounded"}}
        """

    @Test("sweeps print CSV, or JSON where the file's name or --json asks for it; sizes come as a list")
    func sweeps() throws {
        let folder = try TestFolder()
        let law = ["plan", "--law", "lovelace-one-parameter"]
        let base = law + ["--unique-tokens", "25e9"]
        let csv = try CommandRun(base + ["--sweep", "flops=1e20:1e25:log:3"])
        #expect(csv.status == 0, "\(csv.errors)")
        #expect(csv.output.split(separator: "\n").count == 4)
        #expect(csv.output.hasPrefix("flops,status,law,parameters,tokens,"))
        let json = try CommandRun(
            law + ["--flops", "1e22", "--sweep", "unique-tokens=1e9:1e11:2", "-o", "s.json"], in: folder.path)
        #expect(json.status == 0 && json.output.isEmpty, "\(json.errors)")
        #expect(try JSONValue(parsing: Array(folder.read("s.json").utf8))["format"] == "datawall-sweep")
        let sizes = try CommandRun(base + ["--flops", "1e22", "--sizes", "1B,3B,7B", "--json"])
        let plan = try JSONValue(parsing: Array(sizes.output.utf8))
        #expect(number(plan, "recommended", "parameters") == 7e9)
    }

    @Test("copies that stay cost loss, and further tokens, a unique factor and bytes per token reach the plan file")
    func supplies() throws {
        let folder = try TestFolder([
            "shards/web/a.jsonl": Self.corpus, "sources.csv": "source,unique_tokens\na,25B\n", "law.json": Self.law,
        ])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        func plan(_ arguments: String...) throws -> JSONValue {
            let run = try CommandRun(["plan"] + arguments + ["--law", "law.json", "--json"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            return try JSONValue(parsing: Array(run.output.utf8))
        }
        let clean = try plan("audit.json", "--flops", "2e10")
        let asIs = try plan("audit.json", "--flops", "2e10", "--as", "is")
        #expect(asIs["supply"]?["as"] == "is")
        #expect(number(asIs, "recommended", "loss") > number(clean, "recommended", "loss") + 1e-6)
        #expect(number(asIs, "recommended", "passes_over_files") < number(asIs, "recommended", "epochs") * 0.8)
        #expect(number(asIs, "recommended", "effective_tokens") < number(asIs, "recommended", "tokens"))
        let more = try plan("sources.csv", "--flops", "1e22", "--unique-tokens", "+100e9")
        #expect(number(more, "supply", "unique_tokens") == 125e9)
        let bounded = try plan("sources.csv", "--flops", "1e22", "--unique-factor", "0.5")
        #expect(bounded["supply"]?["unique_factor"] == .array([.number(0.5), .number(1)]))
        let scaled = try plan(
            "sources.csv", "--flops", "1e22", "--bytes-per-token", "3.3", "--law-bytes-per-token", "4.4")
        #expect(
            abs(number(scaled, "recommended", "law_tokens") / number(scaled, "recommended", "tokens") - 0.75) < 1e-9)
        let lines = try CommandRun(["audit", "shards", "--level", "line", "-o", "lines.json"], in: folder.path)
        #expect(lines.status == 0)
        let refused = try CommandRun(["plan", "lines.json", "--flops", "2e10"], in: folder.path)
        #expect(refused.status == 64 && refused.errors.contains("--level-as-supply"), "\(refused.errors)")
        _ = try plan("lines.json", "--flops", "2e10", "--level-as-supply")
    }

    @Test(
        "wrong usage, missing input and infeasible plans have their exit status and a sentence",
        arguments: [
            (["--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennigof"], 64, "did you mean 'muennighoff'"),
            (["--unique-tokens", "0", "--flops", "1e22", "--law", "muennighoff"], 64, "positive"),
            (["--unique-tokens", "25e9", "--flops", "-1", "--law", "muennighoff"], 64, "not -1"),
            (["--unique-tokens", "25e9", "--law", "muennighoff"], 64, "compute budget"),
            (["--law", "chinchilla"], 64, "--unique-tokens"),
            (["--unique-tokens", "25e9", "--sweep", "flop=1e20:1e22"], 64, "what can is flops, unique-tokens"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e22", "--sweep", "unique-tokens=1e9:1e10"], 64, "swept as well"
            ),
            (["--unique-tokens", "25e9", "--sweep", "flops=1e20"], 64, "A range is quantity=first:last"),
            (["--unique-tokens", "25e9", "--sweep", "flops=1e20:lots"], 64, "'lots' is not a quantity"),
            (["--unique-tokens", "25e9", "--sweep", "flops=1e20:1e22:cubic"], 64, "neither log nor linear"),
            (["--unique-tokens", "25e9", "--sweep", "flops=1e20:1e22:log:1"], 64, "the number of points"),
            (["--unique-tokens", "25e9", "--sweep", "flops=0:1e22"], 64, "the sweep of flops"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e20", "--law", "muennighoff", "--sizes", "70B,100B"], 78,
                "70B, 100B"
            ),
            (["--unique-tokens", "25e9", "--flops", "1e22", "--sizes", "7B,,"], 64, "--sizes"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennighoff", "--epoch-gain", "-1"], 64,
                "epoch"
            ),
            (["--unique-tokens", "25", "--flops", "1e22"], 64, "25B"),
            (["--unique-tokens", "1e22", "--flops", "25e9"], 64, "--flops"),
            (["--unique-tokens", "+25e9", "--flops", "1e22"], 64, "name one"),
            (["--unique-tokens", "25e9", "--flops", "1e22", "--as", "is"], 64, "audit"),
            (["--unique-tokens", "25e9", "--flops", "1e22", "--unique-factor", "1.5"], 64, "unique-factor"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e22", "--bytes-per-token", "0"], 64,
                "--bytes-per-token must be"
            ),
            (["none.json", "--flops", "1e22"], 66, "no such audit file"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennighoff", "--target-loss", "1.5"], 78,
                "lowest within reach"
            ),
            (["--unique-tokens", "25e9", "--flops", "1e22", "--objective", "min-los"], 64, "min-loss"),
            (
                ["--unique-tokens", "25e9", "--flops", "1e22", "--objective", "min-total-flops", "--law", "lovelace"],
                64, "target loss"
            ),
        ])
    func failures(arguments: [String], status: Int32, part: String) throws {
        let run = try CommandRun(["plan"] + arguments)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(part), "\(run.errors)")
    }
}
