import Foundation
import Testing

/// Answers to inputs that try the screen: hostile names, nothing at all, narrow terminals, closed pipes.
@Suite struct BadInputTests {
    /// A source's name with control characters, marks that turn the direction of writing, and 10,000 letters.
    private static let names = [
        "esc\u{1B}[2Jape\u{7}", "right\u{202E}to\u{200F}left", String(repeating: "n", count: 10_000),
    ]

    /// A folder with an audit and a table of these sources.
    private static func workshop() throws -> TestFolder {
        let records = names.enumerated().flatMap { index, name in
            (0..<20).map { "{\"text\": \"text \($0 / 2) of \(index)\", \"source\": \(quoted(name))}\n" }
        }
        let folder = try TestFolder([
            "in/a.jsonl": records.joined(),
            "sources.csv": "source,unique_tokens,quality\n" + names.map { "\"\($0)\",1e9,1\n" }.joined(),
            "empty/a.jsonl": "",
        ])
        let made = try CommandRun(["audit", "in", "--source-key", "source", "-o", "a.json"], in: folder.path)
        #expect(made.status == 0, "\(made.errors)")
        _ = try CommandRun(["scan", "in", "--source-key", "source", "--runs", "runs"], in: folder.path)
        return folder
    }

    private static func quoted(_ text: String) -> String {
        "\""
            + text.unicodeScalars.map {
                $0.value < 0x20 ? "\\u" + String(0x1_0000 + $0.value, radix: 16).dropFirst() : String($0)
            }
            .joined() + "\""
    }

    private static let commands = [
        "audit --show a.json", "audit in --source-key source", "merge runs", "plan a.json --flops 1e12",
        "plan sources.csv --flops 1e20", "mix a.json --tokens 1k", "mix sources.csv --tokens 2e9",
        "check a.json --max-source-hidden-epochs 1", "diff a.json a.json", "pilots sources.csv --tokens 1e10",
        "design sources.csv --flops 1e20", "keep --runs runs -o keep",
        "sample in --source-key source --share 1/2 -o out",
    ]

    @Test(
        "names that would steer a terminal or fill it are shown and cut, on 80 columns and on 40", arguments: commands)
    func names(line: String) throws {
        let folder = try Self.workshop()
        let words = line.split(separator: " ").map(String.init)
        for columns in [80, 40] {
            let run = try CommandRun(
                // Folders to write to are new for each width.
                words.dropLast() + [words.contains("-o") ? "\(words.last ?? "")-\(columns)" : words.last ?? ""],
                in: folder.path, environment: ["NO_COLOR": "1"], columns: columns)
            let hidden = run.output.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" || ["\u{202E}", "\u{200F}", "\u{7F}"].contains($0)
            }
            #expect(!hidden, "\(run.output.debugDescription)")
            #expect([0, 1, 78].contains(run.status), "\(run.errors)")
            let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            #expect(lines.count <= (columns == 80 ? 24 : 60), "\(run.output)")
        }
    }

    @Test("without documents or sources a command says so in a sentence or answers with zeros")
    func nothing() throws {
        let folder = try TestFolder(["empty/a.jsonl": "", "none.csv": "source,unique_tokens\n"])
        let audit = try CommandRun(["audit", "empty", "-o", "a.json"], in: folder.path)
        #expect(audit.output.hasPrefix("0 tokens"), "\(audit.output)\(audit.errors)")
        for words in [
            ["plan", "a.json", "--flops", "1e20"], ["mix", "a.json", "--tokens", "1e9"],
            ["plan", "none.csv", "--flops", "1e20"], ["mix", "none.csv", "--tokens", "1e9"],
            ["pilots", "none.csv", "--tokens", "1e9"],
        ] {
            let run = try CommandRun(words, in: folder.path)
            #expect([64, 65].contains(run.status) && run.output.isEmpty, "\(words): \(run.output)")
            #expect(run.errors.hasPrefix("datawall: ") && run.errors.count < 400, "\(run.errors)")
        }
    }

    @Test("an infeasible plan or mixture ends with 78 and names the limit")
    func infeasible() throws {
        let plan = try CommandRun(
            ["plan", "--unique-tokens", "1e9", "--flops", "1e18", "--law", "muennighoff", "--target-loss", "1.9"])
        #expect(plan.status == 78 && plan.output.isEmpty, "\(plan.output)")
        #expect(plan.errors.contains("1.9"), "\(plan.errors)")
        let folder = try TestFolder(["s.csv": "source,unique_tokens,max_epochs\na,1e9,2\n"])
        let mix = try CommandRun(["mix", "s.csv", "--tokens", "1e12"], in: folder.path)
        #expect(mix.status == 78 && mix.errors.contains("2,000,000,000"), "\(mix.errors)")
    }

    @Test("a reader that has seen enough ends a command quietly", arguments: commands.prefix(6))
    func closedPipe(line: String) throws {
        let folder = try Self.workshop()
        let run = try ShellRun("\"$D\" \(line) | head -n 1; exit ${PIPESTATUS[1]}", in: folder.path)
        #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    }

    @Test("colour is on for a terminal and off with NO_COLOR, and the words are the same")
    func colour() throws {
        let folder = try Self.workshop()
        let words = ["plan", "sources.csv", "--flops", "1e20"]
        let plain = try CommandRun(words, in: folder.path, environment: ["NO_COLOR": "1"], columns: 80)
        let coloured = try CommandRun(
            words, in: folder.path, environment: ["NO_COLOR": "", "TERM": "xterm"], columns: 80)
        #expect(!plain.output.contains("\u{1B}") && coloured.output.contains("\u{1B}[1m"))
        #expect(coloured.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain.output)
    }

    @Test(
        "a mistyped subcommand names the nearest",
        arguments: [
            ("plann", "plan"), ("adit", "audit"), ("mrege", "merge"), ("suplies", "supplies"), ("hlep", "help"),
        ])
    func mistyped(word: String, nearest: String) throws {
        let run = try CommandRun([word, "x"])
        #expect(run.status == 64)
        #expect(run.errors.contains("Did you mean '\(nearest)'?"), "\(run.errors)")
        #expect(try CommandRun(["help", word]).errors.contains("Did you mean '\(nearest)'?"))
    }

    @Test("a word like no subcommand is refused without a guess, and cut")
    func unknown() throws {
        let run = try CommandRun([String(repeating: "z", count: 10_000)])
        #expect(run.status == 64 && run.errors.count < 200 && !run.errors.contains("mean"), "\(run.errors)")
    }

    @Test("shells complete names of laws, accelerators, objectives, supplies and mixtures")
    func completions() throws {
        for (words, name) in [
            (["plan", "--", "--law"], "chinchilla-soft"), (["plan", "--", "--gpu"], "h100"),
            (["plan", "--", "--objective"], "min-dollars"), (["plan", "--", "--supply"], "fineweb-edu"),
            (["mix", "--", "--preset"], "olmo3"),
        ] {
            let run = try CommandRun(["---completion"] + words + ["0", "0"])
            #expect(run.output.contains(name), "\(words): \(run.output)\(run.errors)")
        }
    }
}
