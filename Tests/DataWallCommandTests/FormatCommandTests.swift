import DataWallKit
import Foundation
import Testing

@Suite struct FormatCommandTests {
    @Test("standard input can be text, whole or by line")
    func standardInput() throws {
        for (document, documents) in [("file", 1), ("line", 3)] {
            let run = try CommandRun(
                ["audit", "-", "--format", "txt", "--txt-document", document, "--json"], input: "one\ntwo\none\n")
            #expect(run.status == 0, "\(run.errors)")
            #expect(try Audit(parsing: Array(run.output.utf8)).totals.documents == documents)
        }
    }

    @Test("token ids are counted under the name their tokenizer is given")
    func tokens() throws {
        let folder = try TestFolder()
        try Data([1, 0, 2, 0, 9, 0, 1, 0, 2, 0, 9, 0]).write(to: URL(fileURLWithPath: folder.path + "/x.bin"))
        let run = try CommandRun(
            ["audit", "x.bin", "--format", "uint16", "--end-of-document", "9", "--tokenizer", "gpt2", "--json"],
            in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let audit = try Audit(parsing: Array(run.output.utf8))
        #expect(audit.totals.tokens == 6)
        #expect(audit.totals.uniqueTokens == 3)
        #expect(audit.tokenizer.name == "gpt2")
        #expect(audit.tokenizer.bytesPerToken == nil)
        let text = try CommandRun(["audit", "x.bin", "--format", "uint16"], in: folder.path)
        #expect(
            text.output.hasPrefix("6 tokens: 6 unique") && text.output.contains("12 bytes of token ids"),
            "\(text.output)")
    }

    @Test(
        "formats that make no sense are refused",
        arguments: [
            (["audit", "x.bin"], 64, "--format uint16 or uint32 says how wide they are"),
            (["audit", "x.bin", "--format", "arrow"], 64, "--format is one of auto, jsonl, txt"),
            (["audit", "x.bin", "--end-of-document", "9"], 64, "name --format uint16 or uint32 with it"),
            (
                ["audit", "x.bin", "--format", "uint16", "--end-of-document", "70000"], 64,
                "No id of two bytes is 70000"
            ),
            (["audit", "x.bin", "--format", "uint16", "--bytes-per-token", "4"], 64, "drop --bytes-per-token"),
            (["audit", "x.bin", "--format", "uint16", "--level", "line"], 64, "no lines (--level document)"),
            (["audit", "x.bin", "--txt-document", "page"], 64, "--txt-document is file or line"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, message: String) throws {
        let folder = try TestFolder(["x.bin": "abcd"])
        let run = try CommandRun(arguments, in: folder.path)
        #expect(run.status == status, "\(run.errors)")
        #expect(run.errors.contains(message), "\(run.errors)")
    }
}
