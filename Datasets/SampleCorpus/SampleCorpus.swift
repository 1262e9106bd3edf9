import Foundation

/// Packs real text that every Debian system carries, and this project's own, into a small corpus for the demo.
///
///     sample-corpus OUT [--project DIR]
///
/// Three sources, as a crawl would have them: `code` (this project's Swift, the system's Perl modules), `documents`
/// (this project's pages, what packages say of themselves) and `legal` (licences and copyright files). The last two
/// visit many of the same files, as two crawls of one web do, and systems carry some texts several times: the overlap
/// and the repeats are real.
@main
struct SampleCorpus {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let out = arguments.first, !out.hasPrefix("-"), arguments.count == 1 || arguments.count == 3 else {
            throw UsageError()
        }
        let project = arguments.count == 3 && arguments[1] == "--project" ? arguments[2] : "."
        try? FileManager.default.removeItem(atPath: out)

        let ownText = TextFiles(
            roots: ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Sources", "Plugins"].map {
                project + "/" + $0
            })
        let system = TextFiles(roots: ["/usr/share/doc"])
        let licences = TextFiles(roots: ["/usr/share/common-licenses"])
        let perl = TextFiles(roots: ["/usr/share/perl", "/usr/share/perl5"] + perlBase())

        let sources: [(name: String, files: [String])] = [
            ("code", ownText.files(endingIn: [".swift"]) + perl.files(endingIn: [".pm", ".pl"])),
            (
                "documents",
                ownText.files(endingIn: [".md", "LICENSE"])
                    + system.files(endingIn: ["copyright", "README", ".txt", "NEWS", "TODO"])
            ),
            (
                "legal",
                licences.files(endingIn: [""]) + system.files(endingIn: ["copyright"])
                    + ownText.files(endingIn: ["LICENSE"])
            ),
        ]
        for (name, files) in sources {
            try ShardWriter(folder: "\(out)/\(name)").write(files.map { (path: $0, source: name) })
        }
        try Data(manifest.utf8).write(to: URL(fileURLWithPath: out + "/corpus.yml"))
    }

    /// The modules of Debian's essential package perl-base lie under a folder named after the architecture.
    private static func perlBase() -> [String] {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
        return folders.sorted().map { "/usr/lib/\($0)/perl-base" }
    }

    private static let manifest = """
        # The sample corpus: sources in the order in which they own what they share.
        sources:
          - {name: code, paths: ["code/*.jsonl.zst"], quality: 1.5}
          - {name: documents, paths: ["documents/*.jsonl.zst"]}
          - {name: legal, paths: ["legal/*.jsonl.zst"], quality: 0.5, max_epochs: 2}

        """
}

struct UsageError: Error, CustomStringConvertible {
    var description: String { "usage: sample-corpus OUT [--project DIR]" }
}
