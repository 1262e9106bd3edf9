import ComputeOptimal
import DataWallReports
import Lovelace
import OrderedJSON
import Quantities
import ScalingLaws
import Testing
import TrainingPlanning

@Suite struct PlanReportTests {
    private func plan() throws -> Plan { try SamplePlan.oneLaw.get() }

    @Test("a plan file reads back to the numbers it was written from, and doubles stay doubles")
    func numbers() throws {
        let plan = try plan()
        let text = PlanFile(plan).json.fileText()
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value["recommended"]?["parameters"] == .number(plan.recommended.parameters))
        #expect(text.contains("\"budget_used\": 1.0"))
        #expect(value["budget"]?["flops"] == .number(1e22))
        #expect(value["constraints"]?["min_tokens_per_parameter"] == .number(5))
    }

    @Test("a law's digest stands in the plan file, and prices and the wall beside it")
    func prospects() throws {
        let json = PlanFile(try plan()).json
        guard case .array(let laws)? = json["laws"], case .string(let digest)? = laws.first?["digest"] else {
            Issue.record("no digest")
            return
        }
        #expect(digest.hasPrefix("xxh3_128:") && digest.count == 41)
        #expect(json["shadow_prices"]?["unique_tokens_in_flops"] != .null)
        #expect(json["data_wall"]?["largest_model"] == .number(1.25e9))
        #expect(json["quality_frontier"] == .array([]))
        #expect(json["interval_source"] == "ensemble")
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

    @Test("the answer says what is recommended, under which law, within a screen; --explain prints the rest")
    func text() throws {
        let answer = try plan().text()
        let text = answer.joined(separator: "\n")
        for part in ["Train 7.026B parameters", "237.2B", "9.488", "2.2221", "(published)", "1e22"] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let rest = try plan().explanation().joined(separator: "\n")
        for part in ["--as dedup", "The best plan at each number of epochs", "1 % more unique tokens would save"] {
            #expect(rest.contains(part), "\(part) in \(rest)")
        }
        let refit = try Planner(law: LovelaceLaw(), objective: MinimumLoss())
            .plan(DataSupply(uniqueTokens: 1e9), within: .flops(1e22))
        #expect(refit.text(explained: true).joined(separator: "\n").contains("refit here"))
        #expect(refit.text().joined(separator: "\n").contains("budget unspent"))
    }

    @Test(
        "an answer takes at most 24 lines of 80 columns, and leads with the decision and how much the families disagree"
    )
    func screen() throws {
        for plan in [try SamplePlan.oneLaw.get(), try SamplePlan.twoLaws.get(), try SamplePlan.mixed.get()] {
            let lines = plan.text()
            #expect(lines.count <= 24, "\(lines.joined(separator: "\n"))")
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
        }
        let two = try SamplePlan.twoLaws.get().text()
        #expect(
            two[0].hasPrefix("Train ") && two[1].hasPrefix("2 families of laws disagree by a weighted factor of"),
            "\(two)")
    }

    @Test("an audit that is not complete is the first thing that is said")
    func incomplete() throws {
        var plan = try plan()
        plan.warnings.insert(
            PlanWarning(code: "incomplete_audit", severity: .warning, message: "The audit is not complete: 3 files."),
            at: 0)
        #expect(plan.text()[0].hasPrefix("! The audit is not complete"))
    }

    @Test("a difference of ln L is a percentage below the one run and another above the other")
    func percentages() {
        #expect(Quantity.percentBelow(Elementary.log(2)) == "50.0 %")
        #expect(Quantity.percentAbove(Elementary.log(2)) == "100.0 %")
        // A loss is never more than 100 % lower.
        #expect(Quantity.percentBelow(1.656) == "80.9 %")
        #expect(Quantity.percentBelow(-Elementary.log(2)) == "-100.0 %")
    }
}
