import DataWallKit
import Testing

/// The model to build, from the command line.
@Suite struct PlanModelTests {
    private static let question = ["plan", "--unique-tokens", "25e9", "--law", "muennighoff", "--flops", "1e22"]

    private func integer(_ value: JSONValue?) -> Int? {
        if case .integer(let integer)? = value { integer } else { nil }
    }

    @Test("the plan file ends with a model of the recommended size, by its vocabulary")
    func model() throws {
        let run = try CommandRun(Self.question + ["--vocabulary-size", "32000", "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let plan = try JSONValue(parsing: Array(run.output.utf8))
        guard case .object(let members) = plan, case .number(let size)? = plan["recommended"]?["parameters"] else {
            Issue.record("no plan")
            return
        }
        #expect(members.last?.key == "model")
        let parameters = try #require(integer(plan["model"]?["parameters"]))
        #expect(abs(Double(parameters) / size - 1) <= 0.02)
        #expect(plan["model"]?["vocabulary_size"] == .integer(32_000))
        let bare = try #require(integer(plan["model"]?["non_embedding_parameters"]))
        let width = try #require(integer(plan["model"]?["width"]))
        #expect(parameters - bare == 2 * 32_000 * width)
    }

    @Test("the text names layers, heads, Chinchilla's ratio and the rules' sources")
    func text() throws {
        let run = try CommandRun(Self.question + ["--explain"])
        for part in ["layers, width", "heads of 128", "times Chinchilla's 20", "50,257"] {
            #expect(run.output.contains(part), "\(part) in \(run.output)")
        }
    }

    @Test("compute can be counted exactly")
    func exact() throws {
        let run = try CommandRun(Self.question + ["--flop-model", "exact", "--json"])
        #expect(run.status == 0, "\(run.errors)")
        let plan = try JSONValue(parsing: Array(run.output.utf8))
        #expect(plan["flop_model"] == "exact")
    }

    @Test("a rule is listed and described")
    func rules() throws {
        #expect(try CommandRun(["laws", "--explain"]).output.contains("step-law"))
        let rule = try CommandRun(["laws", "step-law", "--explain"])
        #expect(rule.status == 0)
        #expect(rule.output.contains("learning rate = lr0/N^lrN*D^lrD") && rule.output.contains("arXiv:2503.04715"))
    }

    @Test(
        "what is no model is said in a sentence",
        arguments: [
            (["--vocabulary-size", "1"], "the size of the vocabulary"), (["--vocabulary-size", "0"], "vocabulary"),
            (["--vocabulary-size", "1e30"], "vocabulary"), (["--context-length", "0"], "context length"),
            (["--architecture", "rnn"], "--architecture"), (["--flop-model", "7ND"], "--flop-model"),
        ])
    func failures(arguments: [String], part: String) throws {
        let run = try CommandRun(Self.question + arguments)
        #expect(run.status == 64)
        #expect(run.errors.contains(part), "\(run.errors)")
    }
}
