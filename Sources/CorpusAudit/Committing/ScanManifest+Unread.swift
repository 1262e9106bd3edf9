extension ScanManifest {
    /// Files and paths of a corpus that no task reads.
    struct Unread: Sendable, Equatable {
        var skipped: [Audit.Skipped] = []
        var problems: [Problem] = []
    }
}

extension ScanManifest.Unread {
    init(of corpus: Corpus) { self.init(skipped: corpus.skipped, problems: corpus.problems) }

    /// The files and objects that several scans did not read.
    ///
    /// Tasks of one scan list the same files, which count once.
    init(_ scans: [(folder: String, manifest: ScanManifest)]) {
        // Folders of `--state` name no corpus, so each is a separate scan.
        let tasks = Dictionary(grouping: scans) { scan in
            scan.manifest.corpus.isEmpty ? scan.folder : "\(scan.manifest.corpus)/\(scan.manifest.task.count)"
        }.sorted { $0.key < $1.key }.map { $0.value.map(\.manifest.unread) }
        skipped = .sum(tasks.map { siblings in .largest(siblings.map(\.skipped)) })
        for siblings in tasks {
            var seen: Set<Problem> = []
            problems += siblings.flatMap(\.problems).filter { seen.insert($0).inserted }
        }
    }
}
