import DataWallReports
import OrderedJSON
import Testing
import TrainingPlanning

@Suite struct PlanFileTests {
    @Test("what was planned reads back")
    func roundTrip() throws {
        let plan = try SamplePlan.oneLaw.get()
        let file = try PlanFile(parsing: Array(plan.json(auditDigest: "xxh3:0").fileText().utf8))
        #expect(file.law == "muennighoff")
        #expect(file.status == plan.status.rawValue)
        #expect(file.auditDigest == "xxh3:0")
        #expect(file.uniqueTokens == 25e9)
        #expect(file.budget == 1e22)
        #expect(file.recommended.parameters == plan.recommended.parameters)
        #expect(file.recommended.lossInterval == plan.recommended.lossInterval)
        #expect(file.recommended.epochsInterval == plan.recommended.epochsInterval)
        #expect(file.frontier.map(\.loss) == plan.frontier.map(\.loss))
        #expect(file.warnings.map(\.message) == plan.warnings.map(\.message))
        #expect(file.laws.first?.provenance == "published")
    }

    @Test("what several laws advise reads back")
    func severalLaws() throws {
        let plan = try SamplePlan.twoLaws.get()
        let file = try PlanFile(plan.json())
        #expect(file.recommended.loss == nil)
        #expect(file.byLaw.map(\.law) == plan.byLaw.map(\.law))
        #expect(file.byLaw.first?.crossExcess.first?.value == plan.byLaw.first?.crossExcess.values.first)
    }

    @Test("keys of later versions are passed over")
    func addedKeys() throws {
        guard case .object(let members) = try SamplePlan.oneLaw.get().json() else { return }
        let more = members + [JSONMember(key: "weather", value: .object(["rain": true]))]
        #expect(try PlanFile(.object(more)) == PlanFile(.object(members)))
    }

    @Test(
        "a key that cannot be used is named",
        arguments: [
            ("recommended", #"{"parameters": 0, "tokens": 1, "epochs": 1}"#, "recommended.parameters is not positive"),
            ("recommended", "7", "recommended is a number, not an object"),
            ("frontier", #"[{"epochs": "two"}]"#, "frontier[0].epochs is a string, not a number"),
            ("supply", "{}", "supply.unique_tokens is missing"),
            ("warnings", #"[{"code": "x"}]"#, "warnings[0].message is missing"),
        ])
    func unusable(key: String, value: String, message: String) throws {
        guard case .object(var members) = try SamplePlan.oneLaw.get().json() else { return }
        let index = try #require(members.firstIndex { $0.key == key })
        members[index].value = try JSONValue(parsing: Array(value.utf8))
        let error = #expect(throws: ReportFileError.self) { try PlanFile(.object(members)) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message))
    }
}
