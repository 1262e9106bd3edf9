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
    }

    @Test(
        "wrong usage, missing input and infeasible plans have their exit status and a sentence",
        arguments: [
            (["--unique-tokens", "25e9", "--flops", "1e22", "--law", "muennigof"], 64, "did you mean 'muennighoff'"),
            (["--unique-tokens", "0", "--flops", "1e22", "--law", "muennighoff"], 64, "positive"),
            (["--unique-tokens", "25e9", "--flops", "-1", "--law", "muennighoff"], 64, "--flops"),
            (["--unique-tokens", "25e9", "--law", "muennighoff"], 64, "compute budget"),
            (["--flops", "1e22"], 64, "--unique-tokens"),
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
