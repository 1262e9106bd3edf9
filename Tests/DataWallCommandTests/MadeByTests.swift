import Testing

@testable import DataWallCommand

@Suite("The line that a file records as made_by")
struct MadeByTests {
    @Test("keeps the words as they were given, in their order")
    func keepsWords() {
        #expect(
            MadeBy.line(["plan", "audit.json", "--flops", "1e22", "--unique-tokens", "+100e9"])
                == "datawall plan audit.json --flops 1e22 --unique-tokens +100e9")
    }

    @Test(
        "leaves out where the content is written and how it is printed",
        arguments: [
            ["fit", "runs.csv", "--law", "chinchilla", "-o", "law.json", "--json"],
            ["fit", "--json", "-o=law.json", "runs.csv", "--output=other.json", "--law", "chinchilla"],
            ["fit", "--residuals", "r.csv", "runs.csv", "--profiles=p.csv", "--law", "chinchilla"],
        ])
    func leavesOutputsOut(arguments: [String]) {
        #expect(MadeBy.line(arguments) == "datawall fit runs.csv --law chinchilla")
    }

    @Test("quotes what a shell would read otherwise")
    func quotes() {
        #expect(
            MadeBy.line(["fit", "my runs.csv", "--where", "corpus=c4 && loss>0", "--name", "it's"])
                == "datawall fit 'my runs.csv' --where 'corpus=c4 && loss>0' --name 'it'\\''s'")
    }

    @Test("names files after two dashes so that they need none")
    func namesFilesAfterDashes() {
        #expect(MadeBy.line(["plan", "--json", "--", "--json"]) == "datawall plan ./--json")
        #expect(MadeBy.line(["plan", "--flops", "1e22", "--", "-"]) == "datawall plan --flops 1e22 -")
    }
}
