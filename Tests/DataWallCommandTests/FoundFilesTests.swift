import DataWallKit
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the command does with folders and files as users have them.
@Suite struct FoundFilesTests {
    private static let record = "{\"text\": \"one\"}\n"

    private static func audit(_ run: CommandRun) throws -> Audit { try Audit(parsing: Array(run.output.utf8)) }

    /// Two bytes a character, without a mark.
    private static func wide(_ text: String) -> String { text.map { "\($0)\0" }.joined() }

    @Test(
        "files that can be read are read, whatever their names",
        arguments: [
            (["d/part-00000.json": record, "d/part-00001.json": record, "d/_SUCCESS": ""], ["d"], 2),
            (["d/a.jsonl": record, "d/b.json": record], ["d"], 2),
            (["d/a.json": record], ["--format", "jsonl", "d"], 1),
            (["d/part-00000": record], ["d"], 1),
            (["data[en]/a.jsonl": record], ["data[en]/*.jsonl"], 1),
            (["data[en]/a.jsonl": record], ["data\\[en\\]/*.jsonl"], 1),
            (["d/A.JSONL": record], ["d"], 1),
        ] as [(KeyValuePairs<String, String>, [String], Int)])
    func readable(files: KeyValuePairs<String, String>, arguments: [String], documents: Int) throws {
        let folder = try TestFolder(files)
        let run = try CommandRun(["audit", "--json"] + arguments, in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let audit = try Self.audit(run)
        #expect(audit.totals.documents == documents)
        #expect(audit.isComplete)
    }

    @Test(
        "files that cannot be read are named once, with the way out",
        arguments: [
            (["d/index.json": "{\"shards\":[]}", "d/shard.00000.mds.zstd": "x"], "d", "Mosaic's MDS is not read"),
            (["d/e.avro": "Obj\u{1}"], "d/e.avro", "d/e.avro: Avro is not read; convert it"),
            (["d/b.jsonl.xz": "\u{1}"], "d/b.jsonl.xz", "d/b.jsonl.xz: xz is not read; recompress it as zstd"),
            (["d/a.jsonl": "{\n  \"text\": \"one\"\n}"], "d", "a JSON object spans several lines"),
            (["d/a.jsonl": wide(record)], "d", "UTF-16 text is not read; convert it: iconv"),
            (["d/a.txt": wide("Some words.\n")], "d", "UTF-16 text is not read; convert it: iconv"),
            (
                ["d/t/_delta_log/0.json": "{}", "d/t/a.parquet": "PAR1"], "d",
                "a Delta Lake folder also keeps files of older"
            ),
        ] as [(KeyValuePairs<String, String>, String, String)])
    func unreadable(files: KeyValuePairs<String, String>, path: String, message: String) throws {
        let folder = try TestFolder(files)
        let run = try CommandRun(["audit", "--json", path], in: folder.path)
        #expect(run.status == 65, "\(run.errors)")
        #expect(run.output == "")
        #expect(run.errors.contains(message), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }

    @Test("an array of objects is read, whatever its file is called")
    func arrays() throws {
        let folder = try TestFolder([
            "d/a.jsonl": "[\n  {\n    \"text\": \"one\"\n  }\n]",
            "d/b.json": "[{\"text\": \"one\"}, {\"text\": \"two\"}]",
        ])
        let run = try CommandRun(["audit", "--json", "d"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"documents\": 3"))
        #expect(run.output.contains("\"format\": \"json-array\""))
    }

    @Test("files left unread make an audit incomplete, end it with 1 and fail a check, unless they are ignored")
    func incomplete() throws {
        let folder = try TestFolder([
            "d/a.jsonl": Self.record, "d/README": "x", "d/e.avro": "Obj\u{1}", "d/f.avro": "Obj\u{1}",
            "d/b.xz": "\u{1}",
        ])
        let run = try CommandRun(["audit", "d", "-o", "audit.json"], in: folder.path)
        #expect(run.status == 1)
        #expect(
            run.sentences.contains(
                """
                ! Not read: 3 files (2 avro, 1 xz), so the audit is not complete; for example d/e.avro: Avro is not read; \
                convert it to JSON lines. Left out: 1 file (1 no data); for example d/README: README, LICENSE, _SUCCESS \
                and .md files are taken for no data.
                """), "\(run.output)")
        #expect(
            run.errors.contains("datawall: 3 files were not read, so counts are not complete: d/e.avro: Avro"))
        let check = try CommandRun(["check", "audit.json", "--complete"], in: folder.path)
        #expect(check.status == 1)
        #expect(
            check.sentences.contains("files were left unread (2 avro, 1 xz), such as d/e.avro"), "\(check.output)")
        let damaged = try CommandRun(["audit", "d", "--max-damaged", "1"], in: folder.path)
        #expect(damaged.status == 1)

        let ignoring = ["audit", "d", "--ignore", "*.avro", "--ignore", "d/*.xz", "-o", "ignored.json"]
        #expect(try CommandRun(ignoring, in: folder.path).status == 0)
        #expect(try CommandRun(["check", "ignored.json", "--complete"], in: folder.path).status == 0)
        let difference = try CommandRun(["diff", "audit.json", "ignored.json"], in: folder.path)
        #expect(difference.output.contains("Not read, avro: 2 → 0 files\nNot read, ignored: 0 → 3 files"))
        let report = try CommandRun(["report", "audit.json", "-o", "page.html"], in: folder.path)
        #expect(report.status == 0, "\(report.errors)")
        #expect(try folder.read("page.html").contains("Files that were not read"))

        let scan = try CommandRun(["scan", "d", "--runs", "runs"], in: folder.path)
        #expect(scan.status == 1)
        #expect(scan.output.contains("Not read: 3 files"))
        let merge = try CommandRun(["merge", "runs", "--json"], in: folder.path)
        #expect(try merge.output == folder.read("audit.json"))
        #expect(merge.status == 1)
    }

    @Test("text next to JSON lines counts, with a note; LICENSE.txt does not")
    func mixedText() throws {
        let folder = try TestFolder(["d/a.jsonl": Self.record, "d/urls.txt": "u\n", "d/LICENSE.txt": "free"])
        let run = try CommandRun(["audit", "d", "--json"], in: folder.path)
        #expect(run.status == 0)
        #expect(try Self.audit(run).totals.documents == 2)
        #expect(run.errors.contains("note: 1 text file counts next to JSON lines, each as one document: d/urls.txt"))
        let apart = try CommandRun(["audit", "d", "--json", "--ignore", "*.txt"], in: folder.path)
        #expect(try Self.audit(apart).totals.documents == 1)
        #expect(apart.errors == "")
    }

    @Test("a folder under two names and behind links counts once")
    func links() throws {
        let folder = try TestFolder(["d/s/a.jsonl": Self.record])
        for (name, target) in [("d/s/again", "."), ("d/s/up", ".."), ("d/more", "s")] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder.path)/\(name)", withDestinationPath: target)
        }
        let run = try CommandRun(["audit", "--json", "d", folder.path + "/d"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let audit = try Self.audit(run)
        #expect(audit.totals.documents == 1)
        #expect(audit.skipped.map(\.kind) == ["duplicate"])
        #expect(audit.isComplete)
    }

    @Test("a link that leads nowhere is named, and the files beside it count")
    func brokenLink() throws {
        let folder = try TestFolder(["d/a.jsonl": Self.record])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/d/b.jsonl", withDestinationPath: "blobs/none")
        let run = try CommandRun(["audit", "d"], in: folder.path)
        #expect(run.status == 1)
        #expect(run.output.contains("1 document in 1 shard"))
        #expect(run.sentences.contains("d/b.jsonl: the link leads to no file"))
        let named = try CommandRun(["audit", "d/b.jsonl"], in: folder.path)
        #expect(named.status == 66)
        #expect(named.errors == "datawall: d/b.jsonl: the link leads to no file\n")
    }

    /// Root may read all folders, so it becomes nobody for this.
    private static let dropsPrivileges = FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv")

    @Test(
        "a folder and a file without permission are named, and the files beside them count",
        .enabled(if: geteuid() != 0 || dropsPrivileges, "root needs setpriv to give up its rights"))
    func permissions() throws {
        let folder = try TestFolder([
            "d/a.jsonl": Self.record, "d/closed/b.jsonl": Self.record, "d/secret.jsonl": Self.record,
        ])
        func mode(_ mode: Int, _ name: String) throws {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path + name)
        }
        for name in ["", "/d"] { try mode(0o755, name) }
        try mode(0o644, "/d/a.jsonl")
        for name in ["/d/closed", "/d/secret.jsonl"] { try mode(0, name) }
        defer { try? mode(0o700, "/d/closed") }
        let run =
            geteuid() == 0
            ? try CommandRun(["audit", "--json", "d"], in: folder.path, as: 65_534)
            : try CommandRun(["audit", "--json", "d"], in: folder.path)
        #expect(run.status == 1, "\(run.errors)")
        let audit = try Self.audit(run)
        #expect(audit.totals.documents == 1)
        #expect(!audit.isComplete)
        #expect(audit.skipped.map(\.kind) == ["unreadable_file", "unreadable_folder"])
        #expect(audit.problems.map(\.shard) == ["d/closed", "d/secret.jsonl"])
    }

    @Test("token ids in a folder: llm.c's header is no token, .npy may hold ids, an index leads to its shard")
    func tokens() throws {
        let folder = try TestFolder(["d/x": ""])
        let ids: [UInt8] = [80, 196, 1, 0, 2, 0, 80, 196, 3, 0]
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/" + name))
        }
        let header: [UInt8] = [0x88, 0xD8, 0x34, 0x01, 1, 0, 0, 0, 5, 0, 0, 0] + [UInt8](repeating: 0, count: 1_012)
        try write(header + ids, "d/fineweb_train_000001.bin")
        try write(ids, "d/part-0-00000.npy")
        let run = try CommandRun(
            ["audit", "--json", "--format", "uint16", "--end-of-document", "50256", "d", "--tokenizer", "gpt2"],
            in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let audit = try Self.audit(run)
        #expect(audit.totals.documents == 4)
        #expect(audit.totals.tokens == 10)
        #expect(audit.totals.uniqueTokens == 5)
        #expect(audit.skipped.map(\.kind) == ["empty"])
        let automatic = try CommandRun(["audit", "d"], in: folder.path)
        #expect(automatic.status == 65)
        #expect(automatic.errors.contains("--format uint16 (or uint32) and --end-of-document read them"))
    }

    @Test("a key behind a list is found where its path says so, and the message says how")
    func lists() throws {
        let folder = try TestFolder(["d/a.jsonl": "{\"messages\":[{\"content\":\"hi\"}]}\n"])
        let run = try CommandRun(["audit", "d", "--text-key", "messages.content"], in: folder.path)
        #expect(run.status == 1)
        #expect(
            run.sentences.contains("lists on the way to it are entered where its keys end in [], as messages[].content")
        )
        let entered = try CommandRun(["audit", "d", "--text-key", "messages[].content"], in: folder.path)
        #expect(entered.status == 0 && entered.sentences.contains("1 document in 1 shard, 2 bytes"))
    }
}
