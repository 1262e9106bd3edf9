import Foundation
import Testing

/// Names that come from data or arguments are shown, never obeyed.
@Suite struct TerminalEscapeTests {
    private static let shard = "\u{1B}[2Jshard.jsonl"
    private static let records = #"""
        {"text": "a", "s": "\u001b]0;owned\u0007\u001b[31mred"}
        {"text": "b", "s": "x\ny 999 999"}
        {"text": "c", "s": "exe\u202egnp\u200b"}
        bad

        """#

    private static func holdsCodes(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            scalar.properties.generalCategory == .control && scalar != "\n"
                || ["\u{202E}", "\u{200B}"].contains(scalar)
        }
    }

    @Test(
        "control characters of sources, shards and arguments do not reach the terminal",
        arguments: [
            "audit in --source-key s", "scan in --source-key s --runs runs",
            "sample in --source-key s --share 0.9 -o out",
            "audit in --source-key s -o a.json", "check a.json --min-unique-tokens $'x\\e[1m=1e9'",
            "check a.json --complete",
            "diff a.json a.json", "mix a.json --tokens 1e9", "plan a.json --flops 1e18", "pilots a.json --tokens 1e6",
            "laws $'\\e[31mlaw'", "audit $'gone\\e[2J\\nfile'", "audit --$'\\e[2J'",
            "fit $'no\\etable' --law chinchilla",
            "predict --law $'no\\elaw.json' --parameters 1 --tokens 1", "report $'\\e]0;x\\a' -o r.html",
            "audit in -o $'no\\e[2J/a.json'", "merge $'\\e[31mruns'", "keep --runs $'\\e[31mruns' -o out",
            "audit --verify $'\\e[31m.json'", "tokenizers $'\\e[31m'", "mixtures $'\\e[31m.csv'",
        ])
    func names(command: String) throws {
        let folder = try TestFolder(["in/\(Self.shard)": Self.records])
        if command.contains(" a.json") { _ = try ShellRun("\"$D\" audit in --source-key s -o a.json", in: folder.path) }
        let run = try ShellRun("\"$D\" \(command)", in: folder.path)
        #expect(!Self.holdsCodes(run.output), "\(run.output.debugDescription)")
        #expect(!Self.holdsCodes(run.errors), "\(run.errors.debugDescription)")
        #expect(!(run.output + run.errors).split(separator: "\n").contains { $0.hasPrefix("y 999") })
    }

    @Test(
        "on a terminal the only codes are the command's own",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "needs the command script"))
    func terminal() throws {
        let folder = try TestFolder(["in/\(Self.shard)": Self.records])
        let run = try ShellRun(
            "env -u NO_COLOR COLUMNS=200 TERM=xterm script -qec \"\\\"$D\\\" audit in --source-key s\" /dev/null",
            in: folder.path)
        #expect(run.output.contains("\u{1B}[1m"))
        var text = String(String.UnicodeScalarView(run.output.unicodeScalars.filter { $0 != "\r" }))
        for code in ["\u{1B}[1m", "\u{1B}[2m", "\u{1B}[33m", "\u{1B}[0m", "\u{1B}[K"] {
            text = text.replacing(code, with: "")
        }
        #expect(!Self.holdsCodes(text), "\(text.debugDescription)")
        #expect(text.contains(#"\u{1B}]0;owned\u{7}\u{1B}[31mred"#))
    }
}
