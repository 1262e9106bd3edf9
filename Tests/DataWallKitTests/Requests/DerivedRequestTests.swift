import DataWallKit
import Testing

@Suite struct DerivedRequestTests {
    private func file(_ derived: DerivedSupply?, laws: [String] = ["muennighoff"]) throws -> PlanFile {
        var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 10e9), budget: BudgetRequest(flops: 1e22))
        request.laws = laws
        request.supply.derived = derived
        guard case .plan(_, let file) = try request.run() else {
            Issue.record("a request without ranges gave a sweep")
            throw RequestError("no plan")
        }
        return file
    }

    @Test("derived tokens are read as they are written")
    func reading() throws {
        let all = try DerivedSupply(
            reading: "rephrased: source=web, worth=0.6, multiple=4, share=50%, use=1/4, price=2e-7, repeats=8")
        #expect(
            all
                == DerivedSupply(
                    name: "rephrased", source: "web", worth: 0.6, multiple: 4, mostShare: 0.5, fixedShare: 0.25,
                    price: 2e-7, decay: 8))
        #expect(try DerivedSupply(reading: "a:worth=0,multiple=1") == DerivedSupply(name: "a", worth: 0, multiple: 1))
    }

    @Test(
        "text that is no description says what is missing",
        arguments: [
            ("worth=0.6", "a colon"), (": worth=1, multiple=1", "the name before the colon"),
            ("a: worth", "no pair"), ("a: multiple=4", "the worth is missing"),
            ("a: worth=1", "the multiple is missing"),
            ("a: worth=1, worth=2, multiple=1", "given twice"), ("a: worth=1, multiple=1, cap=2", "'cap' is not known"),
            ("a: worth=much, multiple=1", "much"),
        ])
    func unreadable(text: String, reason: String) {
        let error = #expect(throws: UnreadableQuantity.self) { try DerivedSupply(reading: text) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("a worth of 0 changes no byte of the plan file but the record of derived tokens")
    func worthless() throws {
        for laws in [["muennighoff"], []] {
            var with = try file(DerivedSupply(worth: 0, multiple: 4), laws: laws)
            #expect(with.derived?.share == 0)
            with.derived = nil
            #expect(try with.json.fileText() == file(nil, laws: laws).json.fileText())
        }
    }

    @Test("a plan file keeps derived tokens, and the text says what they save and from what worth on")
    func written() throws {
        let derived = DerivedSupply(name: "rephrased", worth: 0.6, multiple: 4, mostShare: 0.3, price: 2e-7)
        var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 10e9), budget: BudgetRequest(flops: 1e22))
        request.supply.derived = derived
        let answer = try request.run()
        guard case .plan(_, let file) = answer else { return }
        let bytes = Array(file.json.fileText().utf8)
        let again = try PlanFile(parsing: bytes)
        #expect(again == file && again.derived?.share ?? 0 > 0.1)
        let text = answer.text(explained: true).joined(separator: " ")
        #expect(text.contains("'rephrased':") && text.contains("beats another epoch"))
        #expect(text.contains("is your number"))
        #expect(file.warnings.contains { $0.code == "derived_assumed" })
        let page = Report(title: "plan", parts: [.plan(file, name: "plan.json")], laws: []).html()
        #expect(page.contains("Derived tokens: rephrased") && page.contains("worth above"))
    }

    @Test("derived tokens belong to one plan, and not to a sweep")
    func sweep() throws {
        var request = PlanRequest(supply: SupplyRequest(uniqueTokens: 10e9))
        request.supply.derived = DerivedSupply(worth: 0.6, multiple: 4)
        request.sweeps = [try SweepAxis(.flops, from: 1e20, to: 1e22)]
        #expect(throws: RequestError.self) { try request.validate() }
    }
}
