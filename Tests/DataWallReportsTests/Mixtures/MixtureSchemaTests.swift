import DataWallReports
import LawFitting
import OrderedJSON
import SchemaChecking
import Testing
import TrainingPlanning

@Suite struct MixtureSchemaTests {
    @Test("the schema in the datasets is the one that the table of fields makes")
    func isGenerated() throws {
        #expect(try FileSchema.isCurrent(MixtureFile.schemaFile, of: "mixture"))
    }

    @Test("a mixture's file is what its schema says, key by key and in its order", arguments: [1, 4, 40])
    func schema(sources: Int) throws {
        let schema = try FileSchema(of: "mixture")
        let json = try SampleMixture.make(sources: sources, passes: 3).json
        #expect(schema.violations(of: json) == [])
        // The check itself can fail.
        guard case .object(let members) = json else { return }
        #expect(schema.violations(of: .object(members.reversed())) == ["file: order"])
        #expect(schema.violations(of: .object(members.filter { $0.key != "method" })) == ["file.method: missing"])
        let odd = members + [JSONMember(key: "odd", value: 1)]
        #expect(schema.violations(of: .object(odd)) == ["file.odd: unknown"])
    }

    @Test("what pilots say has the keys of the schema, whatever was fitted to them", arguments: [true, false])
    func pilots(isLaw: Bool) throws {
        var table = "w_web,w_code,params,tokens,unique_web,unique_code,loss\n"
        for index in 0..<36 {
            let (web, tokens) = (0.05 + 0.9 * Double(index % 12) / 11, 1e9 * Double(1 + index % 3))
            let loss = 2 + (0.7 - 0.4 * web) * (1 + 1e9 / tokens) + 0.01 * Double(index % 5)
            table += "\(web),\(1 - web),1e8,\(tokens),2e9,5e8,\(loss)\n"
        }
        let runs = try MixturePilots(parsing: table)
        let pilots: PilotEvidence =
            isLaw ? .laws(try PilotAdvice(runs)) : .values(try SourceValueFit(runs, folds: 3))
        let report = try SampleMixture.make(sources: 2, pilots: pilots) { ["web", "code"][$0] }
        #expect(try FileSchema(of: "mixture").violations(of: report.json) == [])
    }
}
