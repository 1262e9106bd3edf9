import DataWallReports
import OrderedJSON
import ScalingLaws
import SchemaChecking
import Testing
import TrainingPlanning

@Suite struct PlanFileTests {
    private static func json(_ plan: Result<Plan, any Error>) throws -> JSONValue { PlanFile(try plan.get()).json }

    @Test("what was planned reads back, under one law and under several families")
    func roundTrip() throws {
        for plan in [try SamplePlan.oneLaw.get(), try SamplePlan.twoLaws.get(), try SamplePlan.mixed.get()] {
            let written = PlanFile(plan, auditDigest: "xxh3:0", madeBy: "datawall plan audit.json")
            #expect(try PlanFile(parsing: Array(written.json.fileText().utf8)) == written)
            #expect(written.madeBy == "datawall plan audit.json" && written.auditDigest == "xxh3:0")
            #expect(written.recommended.run == plan.recommended)
            #expect(written.families == plan.families && written.decision == plan.decision)
            #expect(written.epochSteps == plan.epochSteps && written.prospects == plan.prospects)
        }
    }

    @Test("the schema in the datasets is the one that the table of fields makes")
    func schema() throws {
        #expect(try FileSchema.isCurrent(PlanFile.schemaFile, of: "plan"))
    }

    @Test("plans are what the schema says")
    func conforming() throws {
        for plan in [SamplePlan.oneLaw, SamplePlan.twoLaws, SamplePlan.mixed] {
            #expect(try FileSchema(of: "plan").violations(of: Self.json(plan)) == [])
        }
    }

    @Test("the mixture is part of the run recommended, and there is one run")
    func oneRun() throws {
        let plan = try SamplePlan.mixed.get()
        let json = PlanFile(plan).json
        guard case .array(let shares)? = json["recommended"]?["mixture"] else {
            Issue.record("no mixture")
            return
        }
        #expect(shares.count == 2)
        let tokens = shares.compactMap { $0["tokens"]?.number }.reduce(0, +)
        #expect(abs(tokens / plan.recommended.tokens - 1) < 1e-9)
        #expect(json["mixture"] == nil && json["joint"] == nil)
    }

    @Test("a file whose tables have other families, or whose weights are no shares, is refused")
    func contradictions() throws {
        var file = PlanFile(try SamplePlan.twoLaws.get())
        #expect(!file.epochSteps.isEmpty)
        file.families = []
        let withoutFamilies = file.json
        #expect(throws: ReportFileError.self) { try PlanFile(withoutFamilies) }
        var mixed = PlanFile(try SamplePlan.mixed.get())
        mixed.recommended.mixture[0].weight = 1e308
        let withoutShares = mixed.json
        #expect(throws: ReportFileError.self) { try PlanFile(withoutShares) }
    }

    @Test(
        "keys of later versions are passed over, and files of version 1 are refused with the command that makes them anew"
    )
    func versions() throws {
        guard case .object(let members) = try Self.json(SamplePlan.oneLaw) else { return }
        let more = members + [JSONMember(key: "weather", value: .object(["rain": true]))]
        #expect(try PlanFile(.object(more)) == PlanFile(.object(members)))
        let old = #expect(throws: ReportFileError.self) {
            try PlanFile(parsing: Array(#"{"format": "datawall-plan", "version": 1, "law": "x"}"#.utf8))
        }
        #expect("\(old.map { "\($0)" } ?? "")".contains("make the file again with 'datawall plan'"))
    }

    @Test(
        "a key that cannot be used is named",
        arguments: [
            ("recommended", #"{"parameters": 0, "tokens": 1, "epochs": 1}"#, "recommended.parameters must be positive"),
            ("recommended", "7", "recommended must be an object, not a number"),
            ("frontier", #"[{"epochs": "two"}]"#, "frontier[0].epochs must be a number, not a string"),
            ("supply", "{}", "supply.unique_tokens is missing"),
            ("warnings", #"[{"code": "x"}]"#, "warnings[0].message is missing"),
            ("status", "\"fine\"", "status must be one of optimal"),
        ])
    func unusable(key: String, value: String, message: String) throws {
        guard case .object(var members) = try Self.json(SamplePlan.oneLaw) else { return }
        let index = try #require(members.firstIndex { $0.key == key })
        members[index].value = try JSONValue(parsing: Array(value.utf8))
        let error = #expect(throws: ReportFileError.self) { try PlanFile(.object(members)) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message), "\(String(describing: error))")
    }
}
