import Foundation
import Testing

/// Holds the links of pages to the files that they lead to.
@Suite struct DocumentedLinkTests {
    /// The pages of the package: those at its top, those of benchmarks and Python, and every documentation catalogue.
    ///
    /// What builds leave in hidden folders, such as checkouts of packages, is not the package's.
    static let pages: [String] = {
        let folders = ["Sources", "Plugins", "Benchmarks", "Python", "Datasets"].flatMap { folder in
            (FileManager.default.enumerator(atPath: PackageFolder.root.appending(path: folder).path)?.allObjects ?? [])
                .compactMap { $0 as? String }
                .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") && !$0.contains("/.") }.map { "\(folder)/\($0)" }
        }
        return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"] + folders.sorted()
    }()

    @Test("every link to a file leads to one, and no page holds marks of a merge", arguments: pages)
    func files(page: String) throws {
        let url = PackageFolder.root.appending(path: page)
        let text = try String(contentsOf: url, encoding: .utf8)
        #expect(!["<<<<<<< ", ">>>>>>> "].contains { ("\n" + text).contains("\n" + $0) }, "\(page)")
        for link in text.matches(of: #/\]\(([^)\s]+)\)/#).map({ String($0.1) }) {
            guard !["http", "#", "doc:", "mailto:"].contains(where: link.hasPrefix) else { continue }
            let file = link.split(separator: "#")[0]
            let target = url.deletingLastPathComponent().appending(path: String(file)).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page): \(link)")
        }
    }

    @Test("every link to an article of a catalogue leads to one", arguments: pages.filter { $0.contains(".docc/") })
    func articles(page: String) throws {
        let catalogue = page.components(separatedBy: ".docc/")[0] + ".docc"
        let known = Set(
            Self.pages.filter { $0.hasPrefix(catalogue) }
                .map { ($0 as NSString).lastPathComponent.replacing(".md", with: "") })
        let text = try String(contentsOf: PackageFolder.root.appending(path: page), encoding: .utf8)
        for article in text.matches(of: #/<doc:([A-Za-z0-9]+)>/#).map({ String($0.1) }) {
            #expect(known.contains(article), "\(page): \(article)")
        }
    }

    @Test("every article is listed on its catalogue's page", arguments: pages.filter { $0.contains(".docc/") })
    func topics(page: String) throws {
        let parts = page.components(separatedBy: ".docc/")
        let module = (parts[0] as NSString).lastPathComponent
        guard parts[1] != "\(module).md" else { return }
        let landing = PackageFolder.root.appending(path: "\(parts[0]).docc/\(module).md")
        let article = (page as NSString).lastPathComponent.replacing(".md", with: "")
        #expect(try String(contentsOf: landing, encoding: .utf8).contains("<doc:\(article)>"), "\(page)")
    }

    @Test("the chart of the README is the one that the command draws")
    func chart() throws {
        let folder = try TestFolder()
        let run = try CommandRun(
            [
                "predict", "--law", "muennighoff-soft", "--parameters", "22.89B", "--unique-tokens", "200B", "--sweep",
                "tokens=100B:4T", "-o", "table.csv", "--chart", "chart.svg",
            ], in: folder.path)
        #expect(run.status == 0, "\(run.errors)")
        let golden = GoldenFile("loss-over-tokens.svg", in: "../Sources/DataWallKit/DataWallKit.docc/Resources")
        #expect(try golden.holds(folder.read("chart.svg")), "the chart differs from the one kept: see GoldenFile")
        let readme = try String(contentsOf: PackageFolder.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains("loss-over-tokens.svg"))
    }

    @Test("the plan of the README is the one that the command prints")
    func plan() throws {
        let run = try CommandRun(["plan", "--supply", "fineweb-edu", "--flops", "1e23"], columns: 80)
        let plain = run.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        let readme = try String(contentsOf: PackageFolder.root.appending(path: "README.md"), encoding: .utf8)
        #expect(readme.contains(plain), "\(plain)")
    }
}
