import Foundation
import Testing

/// The default answer of every command, as a person sees it on a terminal of 80 columns and 24 lines.
@Suite struct AnswerTests {
    /// A command line and the name of its golden file.
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let line: String

        init(_ name: String, _ line: String) { (self.name, self.line) = (name, line) }

        var testDescription: String { line }

        /// The words of the line; those between apostrophes stay together.
        var words: [String] {
            line.components(separatedBy: "'").enumerated()
                .flatMap { $0 % 2 == 1 ? [$1] : $1.split(separator: " ").map(String.init) }
        }

        func run(columns: Int? = 80) throws -> CommandRun {
            let folder = try AnswerWorkshop.shared.get().folder
            return try CommandRun(
                words, in: folder.path,
                environment: [
                    "NO_COLOR": "1", "HOME": folder.path, "TMPDIR": "/tmp",
                    "DATAWALL_TOKENIZERS": folder.path + "/none",
                ],
                columns: columns)
        }
    }

    static let cases = [
        Case("audit", "audit --manifest corpus.yml"),
        Case("audit-everything", "audit corpus --near --top-copies 5 --benchmarks sets --max-damaged 1"),
        Case("audit-hundred", "audit hundred"),
        Case("audit-hundred-everything", "audit hundred --near --top-copies 30 --benchmarks sets --max-damaged 1"),
        Case("audit-verify", "audit --verify audit.json"),
        Case("scan", "scan corpus --runs runs-new --max-damaged 1"),
        Case("scan-status", "scan --status runs"),
        Case("merge", "merge runs"),
        Case("merge-hundred", "merge runs-hundred"),
        Case("keep", "keep --runs runs -o keep"),
        Case("keep-hundred", "keep --runs runs-hundred -o keep-hundred"),
        Case("sample", "sample corpus --share 1/2 -o sampled"),
        Case("sample-hundred", "sample hundred --share 1/2 -o sampled-hundred"),
        Case("check", "check audit.json --max-hidden-epochs 1.1 --min-unique-tokens 1e9 --complete"),
        Case("check-hundred", "check hundred.json --max-hidden-epochs 1.1 --complete"),
        Case("diff", "diff audit.json other.json"),
        Case("diff-hundred", "diff hundred.json other.json"),
        Case("plan", "plan audit.json --flops 1e13"),
        Case("plan-sources", "plan sources.csv --flops 1e22"),
        Case("plan-law", "plan --unique-tokens 25e9 --flops 1e22 --law muennighoff"),
        Case("plan-supply", "plan --supply fineweb-edu --flops 1e23"),
        Case(
            "plan-cost",
            "plan sources.csv --gpu h100 --gpus 64 --days 14 --mfu 0.4 --dollars-per-gpu-hour 2 --vocabulary-size 50k"),
        Case("plan-hundred", "plan hundred.csv --flops 1e22"),
        Case("plan-hundred-audit", "plan hundred.json --flops 1e13"),
        Case("mix", "mix audit.json --tokens 1M"),
        Case("mix-hundred", "mix hundred.csv --tokens 1e12"),
        Case("mix-target", "mix sources.csv --tokens 1e12 --target books"),
        Case(
            "mix-target-hundred", "mix hundred.csv --tokens 1e12 --target a-source-with-quite-a-long-name-of-a-crawl-3"),
        Case("mixtures", "mixtures"),
        Case("mixtures-gpt3", "mixtures gpt3"),
        Case("upsample", "upsample buckets.csv --tokens 50e9"),
        Case("pilots", "pilots sources.csv --tokens 1.2T --horizon 1/16"),
        Case("pilots-hundred", "pilots hundred.csv --tokens 1e12 --runs 120"),
        Case("compare", "compare 'Llama 3 8B' --run 'mine: 8B, 15T, U=4T'"),
        Case("compare-list", "compare --list"),
        Case("design", "design --flops 1e21"),
        Case("design-hundred", "design hundred.csv --flops 1e21"),
        Case("fit", "fit runs.csv --law chinchilla"),
        Case("fit-two", "fit runs.csv --law chinchilla --law chinchilla-soft --hold-out largest"),
        Case("predict", "predict --law chinchilla --law muennighoff --parameters 1e9 --tokens 20e9"),
        Case("laws", "laws"),
        Case("laws-muennighoff", "laws muennighoff"),
        Case("supplies", "supplies"),
        Case("terms", "terms"),
        Case("accelerators", "accelerators"),
        Case("tokenizers", "tokenizers"),
        Case("report", "report audit.json plan.json mixture.json -o report.html"),
    ]

    @Test("an answer fits 24 lines of 80 columns, says how to see more, and is as it was last read", arguments: cases)
    func golden(_ example: Case) throws {
        let run = try example.run()
        let folder = try AnswerWorkshop.shared.get().folder
        let text = (run.output + (run.errors.isEmpty ? "" : "\nStandard error:\n" + run.errors))
            .replacing(folder.path, with: "FOLDER")
        let golden = GoldenFile("Answers/\(example.name).txt", in: "DataWallCommandTests/Golden")
        #expect(
            try golden.holds("$ datawall \(example.line)\n\(text)exit status \(run.status)\n"),
            "\(example.name) differs from the one kept: see GoldenFile\n\(text)")
        // A page has no lines of its own.
        guard example.name != "report" else { return }
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 24, "\(run.output)")
        // A path stays whole, so that it can be copied.
        #expect(lines.allSatisfy { $0.count <= 80 || !$0.drop { $0 == " " }.contains(" ") }, "\(run.output)")
        #expect(lines.suffix(3).contains { $0.contains("More: ") || $0.contains("--explain") }, "\(run.output)")
    }

    @Test("with --explain an answer begins alike and prints the sections that it promised")
    func explained() throws {
        for example in Self.cases
        where ["plan", "audit", "mix", "compare", "design", "fit", "laws"].contains(example.name) {
            let short = try example.run().output
            let whole = try Case(example.name, example.line + " --explain").run().output
            #expect(whole.hasPrefix(short.prefix { $0 != "\n" }) || example.name == "laws", "\(example.line)")
            let promise = short.components(separatedBy: "--explain prints ").last ?? ""
            let flat = promise.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let names = flat.prefix { $0 != "." && $0 != ";" }.replacing(" and ", with: ", ").components(
                separatedBy: ", ")
            for name in names where !name.hasPrefix("all ") && name.first?.isNumber == false {
                #expect(whole.contains("\n\(name.uppercased())\n"), "\(example.line): \(name)")
            }
        }
    }
}
