import LawFitting
import Testing

@Suite struct RunExpressionTests {
    static let run = MeasuredRun(
        parameters: 2e9, tokens: 4e10, uniqueTokens: 1e10, loss: 2.5, cells: ["corpus": "c4", "width": "2048"], row: 3)

    @Test(
        "conditions are asked of quantities and of columns",
        arguments: [
            ("params>1e9", true), ("params > 2B", false), ("params>=2B", true), ("epochs=4", true),
            ("epochs!=4", false),
            ("epochs<=4 && tokens<1e10", false), ("epochs<=4 && tokens<1e10 || loss<3", true), ("corpus=c4", true),
            ("corpus == 'c4'", true), ("corpus!=c4", false), ("width>1000", true), ("flops>4e20", true),
            ("unique_tokens=10B", true),
        ])
    func conditions(text: String, expected: Bool) throws {
        #expect(try RunExpression(text).holds(for: Self.run) == expected)
    }

    @Test(
        "what is no condition is refused with the reason",
        arguments: ["", "params", "params>", ">1e9", "params>1e9 &&", "params<>1", "params>1e9 || "])
    func malformed(text: String) {
        let error = #expect(throws: FittingError.self) { try RunExpression(text) }
        #expect(error?.description.contains("cannot be understood") == true)
    }

    @Test("unknown columns and words that have no order are named")
    func unknown() throws {
        let error = #expect(throws: FittingError.self) { try RunExpression("parms>1").holds(for: Self.run) }
        #expect(error?.description.contains("did you mean 'params'") == true)
        #expect(throws: FittingError.self) { try RunExpression("corpus>3").holds(for: Self.run) }
        #expect(throws: FittingError.self) { try RunExpression("params>big").holds(for: Self.run) }
    }
}
