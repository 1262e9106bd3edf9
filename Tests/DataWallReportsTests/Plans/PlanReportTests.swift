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

    @Test("a law's digest stands in the plan file, and prices, the wall and basins beside the design's keys")
    func prospects() throws {
        let json = try plan().json()
        guard case .array(let laws)? = json["laws"], case .string(let digest)? = laws.first?["digest"] else {
            Issue.record("no digest")
            return
        }
        #expect(digest.hasPrefix("xxh3_128:") && digest.count == 41)
        #expect(json["shadow_prices"]?["unique_tokens_in_flops"] != .null)
        #expect(json["data_wall"]?["largest_model"] == .number(1.25e9))
        #expect(json["quality_frontier"] == .array([]))
        #expect(json["interval_source"] == "ensemble")
        #expect(json["other_basins"] == .array([]))
    }

    @Test("a sweep is a table with a line for each point, and JSON with the reason where there is no plan")
    func sweep() throws {
        let axis = try SweepAxis(.flops, from: 1e3, to: 1e22, points: 2)
        let law = LovelaceLaw(.oneParameter)
        let sweep = try Planner(law: law, objective: MinimumLoss()).sweep(
            [axis], of: DataSupply(uniqueTokens: 25e9), constraints: PlanConstraints(minParameters: 1e6))
        let lines = sweep.csv().split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        #expect(lines.count == 4 && lines[3].count == 1)
        #expect(lines[0].prefix(4) == ["flops", "status", "law", "parameters"] && lines[0].contains("flops_used"))
        #expect(lines[1].count == lines[0].count && lines[2].count == lines[0].count)
        #expect(lines[1].prefix(3) == ["1000.0", "infeasible", ""])
        #expect(lines[2].prefix(3) == ["1e+22", "extrapolated", "lovelace-one-parameter"])
        let text = sweep.json().fileText()
        let value = try JSONValue(parsing: Array(text.utf8))
        guard case .array(let points)? = value["points"], points.count == 2 else {
            Issue.record("two points")
            return
        }
        #expect(points[0]["status"] == "infeasible" && points[0]["reason"] != nil)
        #expect(points[1]["flops"] == .number(1e22))
    }

    @Test("the text says what is recommended, where the constants come from and what to beware of")
    func text() throws {
        let text = try plan().text().joined(separator: "\n")
        for part in ["7.026B", "237.2B", "9.488", "2.2221", "(published)", "1e22 FLOPs", "--as dedup"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let refit = try Planner(law: LovelaceLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e9), within: .flops(1e22)).text().joined(separator: "\n")
        #expect(refit.contains("refit here"))
        #expect(refit.contains("budget unspent"))
    }
}
