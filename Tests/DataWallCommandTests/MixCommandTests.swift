import DataWallKit
import Foundation
import Testing

@Suite struct MixCommandTests {
    static let table = """
        source,unique_tokens,quality,max_epochs
        web,1000B,1,
        curated,100B,1.5,
        reference,10B,2.5,

        """

    static func json(_ arguments: [String], _ files: KeyValuePairs<String, String> = ["s.csv": table]) throws
        -> JSONValue
    {
        let folder = try TestFolder(files)
        let run = try CommandRun(["mix"] + arguments + ["--json"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        return try JSONValue(parsing: Array(run.output.utf8))
    }

    static func numbers(_ json: JSONValue, _ key: String) -> [Double] {
        guard case .array(let sources)? = json["mixture"] else { return [] }
        return sources.map { source in
            switch source[key] {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: .nan
            }
        }
    }

    /// Records of so many texts, each of its own.
    private static func lines(_ range: Range<Int>) -> String {
        range.map { "{\"text\": \"document number \($0 + 10000) of a corpus that is mixed\"}\n" }.joined()
    }

    // Found by a second, independent optimiser.
    @Test(
        "weights of three sources, with caps and without",
        arguments: [
            (["--pull", "0.05"], [0.460425, 0.436303, 0.103272]),
            (["--pull", "0"], [0.270903, 0.603267, 0.125830]),
            (["--pull", "0.05", "--max-epochs", "4"], [0.633333, 0.333333, 0.033333]),
            (["--method", "unimax"], [0.633333, 0.333333, 0.033333]),
            (["--method", "proportional"], [0.900901, 0.090090, 0.009009]),
            (["--weight", "web=0.5", "--weight", "curated=0.3", "--weight", "reference=0.2"], [0.5, 0.3, 0.2]),
        ])
    func weights(arguments: [String], expected: [Double]) throws {
        let json = try Self.json(["s.csv", "--tokens", "1.2T"] + arguments)
        let weights = Self.numbers(json, "weight")
        #expect(weights.count == 3)
        for (weight, expected) in zip(weights, expected) { #expect(abs(weight - expected) < 1e-6) }
        let epochs = Self.numbers(json, "epochs")
        for (index, unique) in [1000e9, 100e9, 10e9].enumerated() {
            #expect(abs(epochs[index] - weights[index] * 1.2e12 / unique) < 1e-9)
        }
    }

    @Test("by default weights are pulled to natural shares, nobody's caps bind, and all methods are shown")
    func defaults() throws {
        let json = try Self.json(["s.csv", "--tokens", "1.2T"])
        #expect(json["pull"]?["strength"] == .number(0.4))
        guard case .number(let removed)? = json["pull"]?["removed_quality_effect"] else {
            Issue.record("no removed share")
            return
        }
        #expect(removed > 0 && removed < 1)
        guard case .array(let methods)? = json["methods"] else { return }
        let names = methods.compactMap { method -> String? in
            if case .string(let name)? = method["method"] { name } else { nil }
        }
        #expect(
            names == [
                "effective-data", "effective-data-root", "effective-data-square", "proportional", "unimax",
                "temperature",
            ])
        #expect(json["max_epochs"] == .null && json["most_tokens"] == .null)
        guard case .array(let shares)? = json["mixture"] else { return }
        #expect(shares.allSatisfy { $0["cap"] == .null })
    }

    @Test("a single source has no cap but the one that a person sets")
    func single() throws {
        let json = try Self.json(
            ["s.csv", "--tokens", "100B"], ["s.csv": "source,unique_tokens\nall,10B\n"])
        #expect(Self.numbers(json, "weight") == [1])
        #expect(Self.numbers(json, "epochs") == [10])
        let folder = try TestFolder(["s.csv": "source,unique_tokens,floor\nall,10B,0.3\n"])
        let capped = try CommandRun(["mix", "s.csv", "--tokens", "100B", "--max-epochs", "4"], in: folder.path)
        #expect(capped.status == 78 && capped.errors.contains("40,000,000,000"), "\(capped.errors)")
        let floored = try CommandRun(["mix", "s.csv", "--tokens", "20B"], in: folder.path)
        #expect(floored.status == 0, "\(floored.errors)")
    }

    @Test(
        "what cannot be is refused with a sentence and a status",
        arguments: [
            (["--tokens", "4.5T", "--max-epochs", "4"], 78, "4,440,000,000,000"),
            (["--tokens", "0"], 64, "from 1 to 1e21"),
            (["--tokens", "1T", "--method", "unimx"], 64, "did you mean 'unimax'"),
            (["--tokens", "1T", "--curve", "sedova"], 64, "--set r1="),
            (["--tokens", "1T", "--kl", "0.05"], 64, "--pull 0.4 is the default"),
            (["--tokens", "1T", "--kl-log", "0.7"], 64, "give --pull 0.7"),
            (["--tokens", "1T", "--pull=-1"], 64, "0 (off) or more"),
            (["--tokens", "1T", "--max-epochs", "0"], 64, "above 0"),
            (["--tokens", "1T", "--weight", "web=0.5", "--weight", "code=0.5"], 64, "'code'"),
            (["--tokens", "1T", "--weight", "web=0.5"], 64, "add up to 0.5"),
            (["--tokens", "1T", "--temperature", "0", "--method", "temperature"], 64, "temperature"),
            (["--tokens", "1T", "--as", "is"], 64, "needs an audit"),
            (["--tokens", "1T", "--weight", "web=0.5", "--weight", "web=0.5"], 64, "'web' twice"),
            (["--tokens", "1T", "--method", "given"], 64, "needs weights"),
            (["--tokens", "1T", "--method", "mixing-law"], 64, "--pilots"),
            (["--tokens", "1T", "--importance", "code=2"], 64, "--pilots"),
            (["--tokens", "1T", "--emit", "megatron", "--path", "data"], 64, "{source}"),
        ])
    func refusals(arguments: [String], status: Int32, words: String) throws {
        let folder = try TestFolder(["s.csv": Self.table])
        let run = try CommandRun(["mix", "s.csv"] + arguments, in: folder.path)
        #expect(run.status == status)
        #expect(run.errors.contains(words), "\(run.errors)")
    }

    @Test("sources without tokens get no weight, and the output says so")
    func empty() throws {
        let folder = try TestFolder(["s.csv": Self.table + "nothing,0,1,\n"])
        let run = try CommandRun(["mix", "s.csv", "--tokens", "1T"], in: folder.path)
        #expect(run.status == 0)
        #expect(run.sentences.contains("No weight for nothing"))
    }

    @Test("mixtures work on an InfoLaw curve and under a law with a penalty")
    func otherModels() throws {
        let json = try Self.json(["s.csv", "--tokens", "1T", "--curve", "infolaw", "--law", "lovelace"])
        guard case .number(let loss)? = json["loss"] else {
            Issue.record("no loss")
            return
        }
        #expect(loss > 1 && loss < 10)
    }

    @Test("loaders read weights in their own format")
    func emit() throws {
        let folder = try TestFolder(["s.csv": Self.table])
        func emitted(_ format: String) throws -> String {
            try CommandRun(
                [
                    "mix", "s.csv", "--tokens", "1.2T", "--pull", "0.05", "--max-epochs", "4", "--emit", format,
                    "--path",
                    "d/{source}_text",
                ],
                in: folder.path
            ).output
        }
        #expect(
            try emitted("megatron")
                == "0.633333333333 d/web_text 0.333333333333 d/curated_text 0.033333333334 d/reference_text\n")
        #expect(
            try emitted("mosaic").hasPrefix(
                "streams:\n  \"web\":\n    local: \"d/web_text\"\n    proportion: 0.633333333333\n"))
        let remote = try CommandRun(
            ["mix", "s.csv", "--tokens", "1.2T", "--emit", "mosaic", "--path", "s3://b/{source}"], in: folder.path)
        #expect(remote.output.contains("    remote: \"s3://b/web\"\n") && !remote.output.contains("local"))
        #expect(
            try emitted("csv").hasPrefix("source,weight,tokens,epochs\nweb,0.633333333333,760000000000,0.76"))
    }

    @Test("copies that stay in a source's files are valued as often as they are read")
    func hiddenCopies() throws {
        // Half of the web's files is a tenth of its texts.
        let folder = try TestFolder([
            "shards/web/a.jsonl": Self.lines(0..<200) + (0..<9).map { _ in Self.lines(0..<20) }.joined(),
            "shards/books/a.jsonl": Self.lines(200..<400),
        ])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        func mixed(_ treatment: String) throws -> JSONValue {
            let run = try CommandRun(
                ["mix", "audit.json", "--as", treatment, "--tokens", "10k", "--json"], in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            return try JSONValue(parsing: Array(run.output.utf8))
        }
        let (removed, kept) = (try mixed("dedup"), try mixed("is"))
        // Audits list sources by name.
        #expect(Self.numbers(removed, "weight").map { ($0 * 1e6).rounded() } == [500_000, 500_000])
        let weights = Self.numbers(kept, "weight")
        #expect(weights[0] > 0.51, "\(weights)")
        guard case .number(let worth)? = kept["effective_tokens"],
            case .number(let without)? = kept["effective_tokens_without_copies"]
        else {
            Issue.record("no effective tokens")
            return
        }
        #expect(worth < without)
        #expect(removed["effective_tokens_without_copies"] == .null)
        let text = try CommandRun(["mix", "audit.json", "--as", "is", "--tokens", "10k"], in: folder.path)
        #expect(text.sentences.contains("With copies removed the same weights would make"))
    }

    @Test("weights for loaders add up to exactly 1, and paths with blanks are one word")
    func emitSums() throws {
        let folder = try TestFolder([
            "s.csv": "source,unique_tokens,quality\nthe web,1000B,1\ncode,100B,1.5\nspecks,10k,0.001\nbooks,10B,2.5\n"
        ])
        let run = try CommandRun(
            ["mix", "s.csv", "--tokens", "1T", "--emit", "megatron", "--path", "d/{source}"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains(" 'd/the web' "), "\(run.output)")
        let decimals = run.output.split(whereSeparator: { $0 == " " || $0.isNewline }).filter { $0.hasPrefix("0.") }
        #expect(decimals.count == 4)
        let parts = decimals.compactMap { Int($0.dropFirst(2)) }
        #expect(parts.reduce(0, +) == 1_000_000_000_000, "\(run.output)")
        #expect(parts.allSatisfy { $0 > 0 }, "\(run.output)")
    }

    @Test("tokens that an audit estimated are marked wherever they are printed")
    func estimated() throws {
        let folder = try TestFolder(["shards/a/a.jsonl": Self.lines(0..<50), "shards/b/a.jsonl": Self.lines(50..<80)])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 0)
        for arguments in [
            ["mix", "audit.json", "--tokens", "1k"], ["pilots", "audit.json", "--tokens", "100M"],
            ["mix", "audit.json", "--tokens", "1k", "--target", "b"],
        ] {
            let run = try CommandRun(arguments, in: folder.path)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("est."), "\(arguments): \(run.output)")
        }
        let mixed = try CommandRun(["mix", "audit.json", "--tokens", "1k"], in: folder.path)
        #expect(mixed.sentences.contains("The supply's tokens are estimated (est.)"))
        let json = try JSONValue(
            parsing: Array(CommandRun(["mix", "audit.json", "--tokens", "1k", "--json"], in: folder.path).output.utf8))
        #expect(json["estimated_tokens"] == true)
        #expect(try Self.json(["s.csv", "--tokens", "1T"])["estimated_tokens"] == false)
    }

    @Test("where copies stay in, weights are those of the files as they lie")
    func rawWeights() throws {
        let folder = try TestFolder([
            "shards/best/a.jsonl": Self.lines(0..<100), "shards/web/a.jsonl": Self.lines(50..<400),
            "corpus.yml": """
            sources:
              - {name: best, paths: ["shards/best/*"], quality: 2}
              - {name: web, paths: ["shards/web/*"]}
            """,
        ])
        // A token a byte, so that no sum is rounded.
        let audit = ["audit", "--manifest", "corpus.yml", "--bytes-per-token", "1", "-o", "audit.json"]
        #expect(try CommandRun(audit, in: folder.path).status == 0)
        let run = try CommandRun(
            ["mix", "audit.json", "--as", "is", "--tokens", "6k", "--method", "proportional", "--json"],
            in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let json = try JSONValue(parsing: Array(run.output.utf8))
        // 100 documents are the best source's, 300 the web's; 50 of the web's 350 show texts of the best: to read each
        // text equally often, 2/7 of 350/400 less must come from the best source's own files.
        let (weights, raw) = (Self.numbers(json, "weight"), Self.numbers(json, "raw_weight"))
        #expect(abs(weights[0] - 0.25) < 1e-12)
        #expect(abs(raw[1] - 0.75 * 350 / 300) < 1e-12)
        #expect(abs(raw[0] + raw[1] - 1) < 1e-12)
    }

    @Test("a scarce target is answered with a table over what it may be worth, and with pilots")
    func scarceTarget() throws {
        let folder = try TestFolder(["s.csv": Self.table])
        let run = try CommandRun(
            ["mix", "s.csv", "--tokens", "1T", "--target", "reference", "--explain"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("There is no one answer before pilot runs"))
        #expect(
            run.sentences.contains("12 pilots of 62.5B tokens each")
                || run.sentences.contains("pilots of 62.5B tokens each"))
    }

    @Test("a published mixture stands beside the methods on its own pools")
    func preset() throws {
        let json = try Self.json(["--preset", "olmo3", "--tokens", "5.93T", "--method", "olmo3"])
        #expect(abs(Self.numbers(json, "epochs")[0] - 0.554) < 1e-3)
        let pile = try CommandRun(["mix", "--preset", "pile", "--tokens", "1T"])
        #expect(pile.status == 64)
        let gpt3 = try CommandRun(["mix", "--preset", "gpt3", "--tokens", "300B"])
        #expect(gpt3.output.contains("\ngpt3 ") && gpt3.output.contains("\nunimax "), "\(gpt3.output)")
        #expect(pile.errors.contains("GiB"))
    }

    @Test("both sums of effective tokens are named where qualities have a mean other than 1")
    func bothSums() throws {
        // All quality 2: Σ q·U·ρ is twice the tokens as given, and the tokens with q scaled to a mean of 1.
        let json = try Self.json(
            ["s.csv", "--tokens", "5B"], ["s.csv": "source,unique_tokens,quality\na,10B,2\nb,10B,2\n"])
        #expect(json["effective_tokens"] == .number(5e9) && json["effective_tokens_as_given"] == .number(10e9))
        #expect(json["mean_quality"] == .number(2) && json["sources_are_equal"] == true)
    }

    @Test("without qualities the answer says so and shows natural shares and UniMax")
    func equalSources() throws {
        let folder = try TestFolder(["s.csv": "source,unique_tokens\nweb,900B\nbooks,100B\n"])
        let run = try CommandRun(["mix", "s.csv", "--tokens", "500B"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.sentences.contains("No quality or pilot distinguishes the sources: natural shares or UniMax."))
        #expect(run.output.contains("90.0 %") && run.output.contains("50.0 %"))
        #expect(!run.output.contains("effect of quality"))
    }

    @Test("the answer fits on a screen, and the rest follows with --explain")
    func screen() throws {
        let many = "source,unique_tokens,quality\n" + (1...40).map { "s\($0),\($0)B,\($0 % 3 + 1)\n" }.joined()
        let folder = try TestFolder(["s.csv": Self.table, "many.csv": many])
        for table in ["s.csv", "many.csv"] {
            let run = try CommandRun(["mix", table, "--tokens", "1.2T", "--max-epochs", "9"], in: folder.path)
            #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count <= 25, "\(run.output)")
            let all = try CommandRun(
                ["mix", table, "--tokens", "1.2T", "--max-epochs", "9", "--explain"], in: folder.path)
            #expect(all.output.hasPrefix(run.output.prefix { $0 != "\n" }))
            #expect(all.output.contains("effective by √q less pull: "))
        }
    }

    @Test("a mixture of an audit that is not complete says so first")
    func incomplete() throws {
        let folder = try TestFolder([
            "shards/a/a.jsonl": Self.lines(0..<50), "shards/b/b.jsonl": Self.lines(50..<80),
            "shards/b/c.xz": "\u{FD}7zXZ",
        ])
        #expect(try CommandRun(["audit", "shards", "-o", "audit.json"], in: folder.path).status == 1)
        let run = try CommandRun(["mix", "audit.json", "--tokens", "1k"], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.hasPrefix("! The audit is not complete: "), "\(run.output)")
        let json = try JSONValue(
            parsing: Array(CommandRun(["mix", "audit.json", "--tokens", "1k", "--json"], in: folder.path).output.utf8))
        #expect(json["audit_complete"] == false)
    }
}
