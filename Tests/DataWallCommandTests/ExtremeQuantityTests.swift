import Testing

@Suite struct ExtremeQuantityTests {
    @Test(
        "quantities at the ends of what a number can be are refused or give null, and never end in a trap",
        arguments: [
            "predict --law pearce-song --parameters 1e9 --tokens 1e10 --unique-tokens 1e-320 --json",
            "predict --law pearce-song --parameters 1e-320 --tokens 1e10 --json",
            "predict --law muennighoff --parameters 5e-324 --tokens 1e308 --unique-tokens 5e-324",
            "plan --law lovelace --unique-tokens 1e10 --sweep flops=1e-320:1e20",
            "plan --law lovelace --unique-tokens 1e10 --flops 1e20 --sweep max_parameters=1e-308:1e308:3",
            "plan --law muennighoff --unique-tokens 1e18 --flops 1e308",
        ])
    func extremes(command: String) throws {
        let run = try CommandRun(command.split(separator: " ").map(String.init))
        #expect([0, 64, 65, 78].contains(run.status), "\(run.errors)")
        #expect(run.output.firstMatch(of: #/\b(nan|inf)\b/#) == nil)
    }

    @Test(
        "a mixture refuses tokens that no run has, and plans bytes per token that no text has",
        arguments: [
            ("mix s.csv --tokens 1e-5", "--tokens must be from 1 to 1e21, not 1e-05."),
            ("mix s.csv --tokens 1e30", "--tokens must be from 1 to 1e21, not 1e30."),
            ("mix s.csv --tokens 1e9 --emit csv --json", "--emit and --json both say what is printed"),
            ("plan s.csv --flops 1e20 --bytes-per-token 0.01", "--bytes-per-token must be from 0.1 to 1000, not 0.01."),
        ])
    func refusals(command: String, message: String) throws {
        let folder = try TestFolder(["s.csv": "source,unique_tokens\na,1e9\nb,1e9\n"])
        let run = try CommandRun(command.split(separator: " ").map(String.init), in: folder.path)
        #expect(run.status == 64)
        #expect(run.errors.contains(message), "\(run.errors)")
    }

    @Test("a source whose name is a formula is no formula in the table that mix prints")
    func formulas() throws {
        let folder = try TestFolder(["s.csv": "source,unique_tokens\n=cmd|' /C calc'!A1,1e9\nb,1e9\n"])
        let run = try CommandRun(["mix", "s.csv", "--tokens", "1e9", "--emit", "csv"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.output.contains("\n'=cmd|' /C calc'!A1,0."))
    }
}
