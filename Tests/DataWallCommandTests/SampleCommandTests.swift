import Foundation
import Testing

@Suite struct SampleCommandTests {
    static func lines(_ range: Range<Int>) -> String {
        range.map { "{\"id\": \($0), \"text\": \"document number \($0) of the corpus\"}\n" }.joined()
    }

    static func texts(_ folder: TestFolder, _ path: String) throws -> Set<String> {
        let root = folder.path + "/" + path
        var lines: Set<String> = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: root) where name.hasSuffix(".jsonl") {
            lines.formUnion(try folder.read(path + "/" + name).split(separator: "\n").map(String.init))
        }
        return lines
    }

    @Test("the same whole documents come out whatever the files, and a smaller share is part of a larger one")
    func deterministic() throws {
        let folder = try TestFolder([
            "one/web/a.jsonl": Self.lines(0..<2000), "two/web/b.jsonl": Self.lines(1200..<2000),
            "two/web/a.jsonl": Self.lines(0..<1200),
        ])
        for (corpus, share, output) in [("one", "1/4", "x"), ("two", "1/4", "y"), ("one", "1/16", "z")] {
            let run = try CommandRun(["sample", corpus, "--share", share, "-o", output], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
        }
        let (x, y, z) = (
            try Self.texts(folder, "x"), try Self.texts(folder, "y"), try Self.texts(folder, "z")
        )
        #expect(x == y)
        #expect(z.isSubset(of: x))
        #expect(x.isSubset(of: Set(Self.lines(0..<2000).split(separator: "\n").map(String.init))))
        // A quarter and a sixteenth of 2,000, within four standard deviations.
        #expect(abs(x.count - 500) < 78)
        #expect(abs(z.count - 125) < 44)
    }

    @Test("all copies of a text come along or none, and sources stay apart")
    func copies() throws {
        let folder = try TestFolder([
            "in/web/a.jsonl": Self.lines(0..<300) + Self.lines(0..<300), "in/books/a.jsonl": Self.lines(1000..<1300),
        ])
        #expect(try CommandRun(["sample", "in", "--share", "0.2", "-o", "out"], in: folder.path).status == 0)
        let web = try folder.read("out/web/1-a.jsonl").split(separator: "\n").map(String.init)
        #expect(!web.isEmpty)
        for line in Set(web) { #expect(web.filter { $0 == line }.count == 2) }
        #expect(try !Self.texts(folder, "out/books").isEmpty)
    }

    @Test("a few problems are printed, and the others counted")
    func problems() throws {
        let bad = String(repeating: "{\"text\"\n", count: 150)
        let folder = try TestFolder(["in/web/a.jsonl": Self.lines(0..<50) + bad])
        let run = try CommandRun(["sample", "in", "--share", "0.5", "-o", "out"], in: folder.path)
        #expect(run.status == 1)
        let notes = run.errors.split(separator: "\n")
        #expect(notes.count == 7, "\(run.errors)")
        #expect(notes.dropFirst(5).first == "datawall: 145 problems more like these")
    }

    @Test("a folder that holds something, shares that are none, and damage have their status")
    func refusals() throws {
        let folder = try TestFolder(["in/web/a.jsonl": Self.lines(0..<50) + "{\"text\": \"cut\n", "out/x": ""])
        func status(_ arguments: [String]) throws -> Int32 {
            try CommandRun(["sample"] + arguments, in: folder.path).status
        }
        #expect(try status(["in", "--share", "0.5", "-o", "out"]) == 73)
        #expect(try status(["in", "--share", "2", "-o", "new"]) == 64)
        #expect(try status(["in", "--share", "1", "-o", "new"]) == 64)
        #expect(try status(["none", "--share", "0.5", "-o", "new"]) == 66)
        #expect(try status(["--share", "0.5", "-o", "new"]) == 64)
        // A manifest names its sources itself, so that a source key would be ignored.
        let keyed = ["--manifest", "corpus.yml", "--source-key", "from", "--share", "0.5", "-o", "new"]
        #expect(try status(keyed) == 64)
        #expect(try status(["in", "--share", "0.5", "-o", "damaged"]) == 1)
    }

    @Test("standard input is sampled, and zstd is written where it is asked for")
    func standardInput() throws {
        let folder = try TestFolder()
        let run = try CommandRun(
            ["sample", "-", "--share", "0.5", "--compress", "zstd", "-o", "out"], in: folder.path,
            input: Self.lines(0..<100))
        #expect(run.status == 0, "\(run.errors)")
        let audit = try CommandRun(["audit", "out", "--json"], in: folder.path)
        #expect(audit.status == 0, "\(audit.errors)")
        #expect(FileManager.default.fileExists(atPath: folder.path + "/out/stdin/0-stdin.jsonl.zst"))
        let tokens = try CommandRun(
            ["sample", "-", "--format", "uint16", "--share", "0.5", "-o", "ids"], in: folder.path, input: "abcd")
        #expect(tokens.status == 66 && tokens.errors.contains("name files"), "\(tokens.errors)")
        let packed = try CommandRun(
            ["sample", "-", "--format", "uint16", "--share", "0.5", "--compress", "zstd", "-o", "ids2"],
            in: folder.path, input: "abcd")
        #expect(packed.status == 64 && packed.errors.contains("without compression"), "\(packed.errors)")
    }

    @Test("a disk that takes no more leaves no half a file, and a sentence that says what to do")
    func fullDisk() throws {
        let folder = try TestFolder(["in/web/a.jsonl": Self.lines(0..<40_000)])
        // A limit on file sizes represents a full disk: writes fail in the same way.
        let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "trap '' XFSZ; ulimit -f 200; exec '\(products)/datawall' sample in --share 0.9 -o out 2>errors",
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 73)
        let errors = try folder.read("errors")
        #expect(errors.contains("out/web/0-a.jsonl.partial cannot be written"), "\(errors)")
        #expect(errors.contains("make room"), "\(errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/out/web") == [])
    }
}
