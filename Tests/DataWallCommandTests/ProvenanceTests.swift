import DataWallKit
import Foundation
import Testing

@Suite("Files say how they were made")
struct ProvenanceTests {
    /// A kind of file, as a command makes it.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        /// The command's words.
        let words: [String]
        /// What the command writes the file by.
        var output = "-o"
        /// Whether the report page shows such files.
        var isOnPages = true

        var testDescription: String { name }
    }

    static let kinds: [Kind] = [
        Kind(
            name: "fit",
            words: [
                "fit", "my runs.csv", "--law", "chinchilla", "--where", "corpus=c4 && loss>0", "--bootstrap", "20",
                "--name", "it's",
            ], output: "--json >"),
        Kind(name: "mixture", words: ["mix", "sources.csv", "--tokens", "1T", "--pull", "0.3", "--max-epochs", "50"]),
        Kind(
            name: "law",
            words: ["fit", "my runs.csv", "--law", "chinchilla", "--where", "corpus=c4", "--bootstrap", "20"]),
        Kind(name: "plan", words: ["plan", "sources.csv", "--law", "muennighoff", "--flops", "1e21"]),
        Kind(
            name: "sweep",
            words: ["plan", "sources.csv", "--law", "muennighoff", "--sweep", "flops=1e20:1e22:log:3"]),
        Kind(
            name: "design", words: ["design", "--flops", "1e21", "--truths", "20"]),
        Kind(
            name: "pilots", words: ["pilots", "sources.csv", "--tokens", "50B"], output: "--json >", isOnPages: false),
        Kind(
            name: "upsampling", words: ["upsample", "buckets.csv", "--tokens", "20B"], output: "--json >"),
        Kind(
            name: "comparison", words: ["compare", "--run", "a: 8B, 2T", "--run", "b: 1B, 8T, U=2T"],
            output: "--json >"),
    ]

    /// Whether Python can check JSON Schemas here.
    private static let pythonHasSchemas =
        (try? ShellRun("python3 -c 'import jsonschema'", in: NSTemporaryDirectory()).status) == 0

    @Test("Python's jsonschema agrees on what commands write", .enabled(if: pythonHasSchemas), arguments: kinds)
    func schema(kind: Kind) throws {
        let folder = try Self.folder()
        try Self.shell("\(ShellWords.joined(["datawall"] + kind.words)) \(kind.output) file.json", in: folder)
        let schemas = PackageFolder.dataset("schemas/\(kind.name).schema.json").path
        try Self.shell(
            "python3 -c 'import json, jsonschema, sys; jsonschema.validate(*map(json.load, map(open, sys.argv[1:])))' "
                + "file.json \(ShellWords.quoted(schemas))", in: folder)
    }

    /// A folder with everything that the commands read.
    private static func folder() throws -> TestFolder {
        var runs = "params,tokens,loss,corpus\n"
        for size in [1e8, 3e8, 1e9, 3e9, 1e10] {
            for ratio in [5.0, 20, 80, 320] {
                let loss = 1.7 + 406 / pow(size, 0.34) + 410 / pow(size * ratio, 0.28)
                runs += "\(size),\(size * ratio),\(loss),c4\n\(size),\(size * ratio),\(loss + 1),other\n"
            }
        }
        return try TestFolder([
            "my runs.csv": runs, "sources.csv": "source,unique_tokens,quality\nweb,20B,1\ncode,5B,2\n",
            "buckets.csv": "bucket,tokens\nlow,10B\nmiddle,10B\nhigh,5B\n",
        ])
    }

    /// Runs a line of shell that names the command `datawall`.
    private static func shell(_ line: String, in folder: TestFolder) throws {
        let run = try ShellRun("datawall() { \"$D\" \"$@\"; }\n\(line)", in: folder.path)
        #expect(run.status == 0, "\(line): \(run.errors)")
    }

    @Test("the line that a file records makes the same file", arguments: kinds)
    func recorded(kind: Kind) throws {
        let folder = try Self.folder()
        let line = ShellWords.joined(["datawall"] + kind.words)
        try Self.shell("\(line) \(kind.output) first.json", in: folder)
        let first = try folder.read("first.json")
        guard case .string(let madeBy)? = try JSONValue(parsing: Array(first.utf8))["made_by"] else {
            Issue.record("made_by is missing")
            return
        }
        #expect(madeBy == line)
        try Self.shell("\(madeBy) \(kind.output) second.json", in: folder)
        #expect(try folder.read("second.json") == first)
    }

    @Test("the line that the page prints makes the file again", arguments: kinds.filter(\.isOnPages))
    func printed(kind: Kind) throws {
        let folder = try Self.folder()
        try Self.shell("\(ShellWords.joined(["datawall"] + kind.words)) \(kind.output) 'the file.json'", in: folder)
        let first = try folder.read("the file.json")
        let page = try CommandRun(["report", "the file.json", "-o", "-"], in: folder.path)
        #expect(page.status == 0, "\(page.errors)")
        let command = try #require(page.output.firstMatch(of: #/<dt>Command<\/dt><dd><code>(.*?)<\/code>/#)).1
        let line = [("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&quot;", "\""), ("&amp;", "&")]
            .reduce(String(command)) { $0.replacing($1.0, with: $1.1) }
        try FileManager.default.removeItem(atPath: folder.path + "/the file.json")
        try Self.shell(line, in: folder)
        #expect(try folder.read("the file.json") == first)
    }
}
