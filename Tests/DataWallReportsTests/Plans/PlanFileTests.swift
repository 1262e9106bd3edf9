import DataWallReports
import Lovelace
import Muennighoff
import OrderedJSON
import ScalingLaws
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
        #expect(file.intervalSource == plan.intervalSource && file.intervalSource == .ensemble)
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

    @Test("each law's intervals read back, and a file without them is read as before")
    func intervals() throws {
        let plan = try SamplePlan.twoLaws.get()
        let json = plan.json()
        let file = try PlanFile(json)
        for (advice, own) in zip(file.byLaw, plan.byLaw) {
            #expect(advice.parametersInterval == own.parametersInterval && own.parametersInterval != nil)
            #expect(advice.tokensInterval == own.tokensInterval)
            #expect(advice.epochsInterval == own.epochsInterval)
            #expect(advice.lossInterval == own.lossInterval)
            #expect(advice.intervalMembers == own.intervalMembers)
            #expect(advice.intervalSource == own.intervalSource)
        }
        #expect(file.decidingLaw == plan.decidingLaw && file.priceLaw == plan.shadowPrices.law)
        // As earlier versions wrote it.
        guard case .object(var members) = json, let place = members.firstIndex(where: { $0.key == "by_law" }),
            case .array(let laws) = members[place].value
        else { return }
        let known: Set = ["law", "parameters", "tokens", "epochs", "cross_excess", "other_basins"]
        members[place].value = .array(
            laws.map { law in
                guard case .object(let keys) = law else { return law }
                return .object(keys.filter { known.contains($0.key) })
            })
        members.removeAll { ["deciding_law", "laws_left_out"].contains($0.key) }
        let older = try PlanFile(.object(members))
        #expect(older.byLaw.map(\.law) == file.byLaw.map(\.law))
        #expect(older.byLaw.allSatisfy { $0.parametersInterval == nil && $0.noInterval == nil })
        let shipped: [any ScalingLaw] = [MuennighoffLaw(), LovelaceLaw()]
        let pages = [older, file].map { Report(parts: [.plan($0, name: "plan.json")], laws: shipped).html() }
        #expect(pages[0].contains("no interval: the file holds none"))
        #expect(!pages[1].contains("no interval"))
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
