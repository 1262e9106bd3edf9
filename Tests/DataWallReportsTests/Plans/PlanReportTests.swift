import ComputeOptimal
import DataWallReports
import Lovelace
import OrderedJSON
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct PlanReportTests {
    private func plan() throws -> Plan { try SamplePlan.oneLaw.get() }

    @Test("a plan file has the keys of the format, in order")
    func keys() throws {
        guard case .object(let members) = try plan().json(auditDigest: "xxh3:0") else {
            Issue.record("a plan file is an object")
            return
        }
        let format = [
            "format", "version", "datawall_version", "status", "objective", "law", "laws", "audit_digest", "flop_model",
            "interval_level", "supply", "budget", "constraints", "recommended", "mixture", "by_law", "frontier",
            "shadow_prices", "warnings",
        ]
        let keys = members.map(\.key)
        #expect(format.filter { keys.contains($0) } == keys.filter { format.contains($0) })
        #expect(Array(keys.prefix(9)) == Array(format.prefix(9)))
    }

    @Test("a plan file reads back to the numbers it was written from, and doubles stay doubles")
    func roundTrip() throws {
        let plan = try plan()
        let text = plan.json().fileText()
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value == plan.json())
        #expect(value["recommended"]?["parameters"] == .number(plan.recommended.parameters))
        #expect(text.contains("\"budget_used\": 1.0"))
        #expect(value["budget"]?["flops"] == .number(1e22))
        #expect(value["constraints"]?["min_tokens_per_parameter"] == .number(5))
    }

    @Test("the text says what is recommended, where the constants come from and what to beware of")
    func text() throws {
        let text = try plan().text().joined(separator: "\n")
        for part in ["7.026B", "237.2B", "9.488", "2.2221", "(published)", "1.000e22 FLOPs", "--as dedup"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let refit = try Planner(law: LovelaceLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e9), within: .flops(1e22)).text().joined(separator: "\n")
        #expect(refit.contains("refit here"))
        #expect(refit.contains("budget unspent"))
    }
}
