import LawFitting
import Testing

@Suite struct RunExpressionTests {
    static let run = MeasuredRun(
        parameters: 2e9, tokens: 4e10, uniqueTokens: 1e10, loss: 2.5,
        cells: ["corpus": "c4", "width": "2048", "note": "", "score": "NaN", "train/loss": "2.4", "a b": "x<y"], row: 3)

    @Test(
        "conditions are asked of quantities and of columns",
        arguments: [
            ("params>1e9", true), ("params > 2B", false), ("params>=2B", true), ("epochs=4", true),
            ("epochs!=4", false),
            ("epochs<=4 && tokens<1e10", false), ("epochs<=4 && tokens<1e10 || loss<3", true), ("corpus=c4", true),
            ("corpus == 'c4'", true), ("corpus!=c4", false), ("width>1000", true), ("flops>4e20", true),
            ("unique_tokens=10B", true), ("params=2,000,000,000", true), ("train/loss<2.5", true),
            ("'a b'=\"x<y\"", true), ("\"a b\" != 'x<y' || width=2048", true), ("corpus='a&&b'", false),
        ])
    func conditions(text: String, expected: Bool) throws {
        #expect(try RunExpression(text).holds(for: Self.run) == expected)
    }

    @Test(
        "what is no condition is refused with the reason",
        arguments: [
            "", "corpus='c4", "corpus=c4 width>3 =", "loss>NaN", "loss<''", "params", "params>", ">1e9",
            "params>1e9 &&", "params<>1", "params>1e9 || ",
        ])
    func malformed(text: String) {
        let error = #expect(throws: FittingError.self) { try RunExpression(text) }
        #expect(error?.description.contains("cannot be understood") == true)
    }

    @Test(
        "a missing value is equal to nothing but another missing value, and has no order",
        arguments: [
            ("note=''", true), ("note=NaN", true), ("score=na", true), ("score!=NaN", false), ("note!=''", false),
            ("corpus!=NaN", true), ("corpus=''", false), ("score>0", false), ("score<=0", false), ("score=0", false),
            ("score!=0", true), ("note!=x", true), ("note=x", false), ("loss!=NaN", true),
        ])
    func missing(text: String, expected: Bool) throws {
        #expect(try RunExpression(text).holds(for: Self.run) == expected)
    }

    @Test("unknown columns and words that have no order are named")
    func unknown() throws {
        let error = #expect(throws: FittingError.self) { try RunExpression("parms>1").holds(for: Self.run) }
        #expect(error?.description.contains("did you mean 'params'") == true)
        #expect(throws: FittingError.self) { try RunExpression("corpus>3").holds(for: Self.run) }
        #expect(throws: FittingError.self) { try RunExpression("params>big").holds(for: Self.run) }
    }
}
