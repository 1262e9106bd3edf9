/// Finds the shards under the paths of a corpus, and lists every file that is not read with its reason.
///
/// A file counts once, whatever paths and links lead to it: of the paths named, the first; below it, folders and files
/// before links, then by path.
struct CorpusListing {
    /// A path to search, with the facts known about it.
    struct Request {
        var format: FormatSelection
        /// The source of all files; `nil` where folders name their sources.
        var source: String?
        /// The path that the audit lists for a location.
        var shown: @Sendable (String) -> String = { $0 }
    }

    /// A shard.
    struct Found {
        var path: String
        var location: String
        var source: String
        var format: ShardFormat
    }

    private(set) var shards: [Found] = []
    private(set) var problems: [Problem] = []
    private(set) var notes = CorpusNotes()
    private var skippedFiles = SkippedFiles()

    private let ignored: [IgnorePattern]
    /// Made for the first file that is looked at.
    private var reader: FileHeadReader?
    /// Shards by file, with their places in ``shards``.
    private var taken: [FileNumber: Int] = [:]
    /// Files that are not read, unless another path leads to them under a format that reads them.
    private var passedOver: [FileNumber: (kind: SkipKind, location: String, path: String, bytes: Int)] = [:]
    /// Folders, links and files that are counted as not read already.
    private var missed: Set<FileNumber> = []
    /// The number of times a file was met that is read, or left out for a reason other than containing no data.
    private var findings = 0
    private var readsStandardInput = false
    /// Shards that were named only by their index so far.
    private var namedByIndex: Set<FileNumber> = []

    init(ignoring ignored: [IgnorePattern] = []) { self.ignored = ignored }

    /// The files that were not read, by kind; read this after all paths were added.
    var skipped: [Audit.Skipped] {
        var files = skippedFiles
        for (number, file) in passedOver where taken[number] == nil {
            if file.kind == .index, isReadWithShard(file.location) { continue }
            files.add(file.kind, file.path, bytes: file.bytes)
        }
        return files.list
    }

    /// Whether the `.bin` next to an index is a shard that is read with it.
    private func isReadWithShard(_ index: String) -> Bool {
        guard let bin = try? FileStatus(path: index.dropLast(4) + ".bin"), let place = taken[bin.number] else {
            return false
        }
        return shards[place].format.companion != nil
    }

    // MARK: Named paths

    /// Adds a file, a folder, or the matches of a pattern.
    ///
    /// Throws ``CorpusError/repeatedShard(path:)`` for a second standard input,
    /// ``CorpusError/contestedShard(path:sources:)`` and ``CorpusError/unknownTokenWidth(path:)``.
    mutating func add(_ path: String, _ request: Request) throws(CorpusError) {
        if path == "-" { return try addStandardInput(request) }
        guard !path.isEmpty else { return report(.missingInput, path, "a path is empty", request) }
        let location = CorpusPath.normalized(path)
        let status: FileStatus
        do throws(SystemFailure) {
            status = try FileStatus(path: location)
        } catch {
            guard error.isMissing else {
                return report(.unreadableInput, path, "the path cannot be read: \(error.reason)", request)
            }
            guard !FileStatus.isLink(location) else {
                return report(.missingInput, path, "the link leads to no file", request)
            }
            return try addUnfound(path, location, request)
        }
        switch status.kind {
        case .file: try addNamed(location, status, request)
        case .folder: try addFolder(location, request)
        case .special, .link: try addStream(location, status, request)
        }
    }

    private mutating func addStandardInput(_ request: Request) throws(CorpusError) {
        guard !readsStandardInput else { throw .repeatedShard(path: "-") }
        readsStandardInput = true
        // A file that is redirected to it counts once, too.
        if let status = FileStatus(descriptor: 0), status.kind == .file {
            guard taken[status.number] == nil else {
                return skippedFiles.add(.duplicate, "-", bytes: status.bytes)
            }
            taken[status.number] = shards.count
        }
        shards.append(
            Found(
                path: "-", location: "-", source: request.source ?? Shard.unnamedSource,
                format: request.format.format(ofStream: "-")))
    }

    /// Adds a pipe or device that was named: its bytes can be read only once, so the scan is the first to look at them.
    private mutating func addStream(
        _ location: String, _ status: FileStatus, _ request: Request
    ) throws(CorpusError) {
        let format = request.format.format(ofStream: location)
        let folder =
            Shard.isUnnamedStream(location) ? Shard.unnamedSource : CorpusPath.name(of: CorpusPath.parent(of: location))
        try take(location, status, source: request.source ?? folder, format, request)
    }

    private mutating func addNamed(
        _ location: String, _ status: FileStatus, _ request: Request
    ) throws(CorpusError) {
        let folder = CorpusPath.parent(of: location)
        let source = request.source ?? CorpusPath.name(of: folder)
        let name = ShardName(location)
        if isIgnored(location, below: folder, request) { return skip(.ignored, location, status, request) }
        // A shell's `folder/*` names such files along with all others; a named format shows that they are meant.
        if name.isNoData, request.format.kind == .auto { return skip(.document, location, status, request) }
        if name.isIndex, request.format.kind == .auto || request.format.kind == .megatron {
            let bin = String(location.dropLast(4)) + ".bin"
            if let partner = try? FileStatus(path: bin), partner.kind == .file {
                // Naming the index as well as its shard, as `folder/*` does, names the shard once.
                guard taken[partner.number] == nil else { return }
                try addNamed(bin, partner, request)
                namedByIndex.insert(partner.number)
                return
            }
        }
        let candidate = Candidate(path: location, status: status, source: source, base: folder, isNamed: true)
        let decision: FormatSelection.Decision
        do throws(StreamFault) {
            decision = try self.decision(for: candidate, request)
        } catch {
            if error.kind == .outOfMemory { throw .outOfMemory(path: location) }
            return report(.unreadableInput, location, error.reason, request)
        }
        if decision == .skip(.tokenIDs), request.format.kind == .auto { throw .unknownTokenWidth(path: location) }
        try settle(candidate, decision, request)
    }

    /// A path at which there is no file: the prefix of a Megatron shard, or a pattern.
    private mutating func addUnfound(_ path: String, _ location: String, _ request: Request) throws(CorpusError) {
        if let bin = try? FileStatus(path: location + ".bin"), bin.kind == .file,
            (try? FileStatus(path: location + ".idx")) != nil
        {
            return try addNamed(location + ".bin", bin, request)
        }
        guard PathPattern.isPattern(path) else {
            return report(.missingInput, path, "there is no such file or directory", request)
        }
        let matches = PatternMatches(path)
        for folder in matches.unreadable { miss(.unreadableFolder, folder.path, nil, folder.reason, request) }
        guard !matches.paths.isEmpty else { return report(.noShards, path, "the pattern matches no file", request) }
        let before = findings
        var files: [Candidate] = []
        for match in matches.paths {
            guard let status = try? FileStatus(path: match) else {
                miss(.brokenLink, match, nil, nil, request)
                continue
            }
            let source = request.source ?? CorpusPath.source(of: match, below: matches.root)
            switch status.kind {
            case .folder:
                let source = CorpusPath.source(below: match, root: matches.root)
                try walk(match, base: matches.root, source: source, request)
            case .file:
                files.append(
                    Candidate(path: match, status: status, source: source, base: matches.root, isNamed: true))
            case .special, .link: miss(.specialFile, match, status, nil, request)
            }
        }
        try settle(files, request)
        if findings == before {
            report(.noShards, path, "the pattern matches folders without shards", request)
        }
    }

    private mutating func addFolder(_ location: String, _ request: Request) throws(CorpusError) {
        let before = findings
        try walk(location, base: location, source: nil, request)
        guard findings == before else { return }
        let noData = skipped.first { $0.examples[0].hasPrefix(request.shown(location)) }
        let instead = noData.map { ", only files taken for no data, such as \($0.examples[0]) (\($0.reason))" } ?? ""
        report(.noShards, location, "there is no shard in this directory" + instead, request)
    }

    // MARK: Files

    /// A file that was found.
    struct Candidate {
        var path: String
        var status: FileStatus
        var source: String
        /// The folder below which its source is named.
        var base: String
        var isNamed = false
    }

    mutating func settle(_ candidates: [Candidate], _ request: Request) throws(CorpusError) {
        for candidate in candidates.sorted(by: { ByteName($0.path) < ByteName($1.path) }) {
            let decision: FormatSelection.Decision
            do throws(StreamFault) {
                decision = try self.decision(for: candidate, request)
            } catch {
                if error.kind == .outOfMemory { throw .outOfMemory(path: candidate.path) }
                miss(.unreadableFile, candidate.path, candidate.status, error.reason, request)
                continue
            }
            try settle(candidate, decision, request)
        }
    }

    private mutating func settle(
        _ candidate: Candidate, _ decision: FormatSelection.Decision, _ request: Request
    ) throws(CorpusError) {
        switch decision {
        case .skip(let kind): skip(kind, candidate.path, candidate.status, request)
        case .shard(let format):
            try take(candidate.path, candidate.status, source: candidate.source, format, request)
            if request.source == nil { notes.add(candidate.path, source: candidate.source, below: candidate.base) }
        }
    }

    private mutating func decision(
        for candidate: Candidate, _ request: Request
    ) throws(StreamFault) -> FormatSelection.Decision {
        // A file that is read already needs no second look, unless a source of another format passes it over.
        if request.source == nil, let place = taken[candidate.status.number] { return .shard(shards[place].format) }
        let name = ShardName(candidate.path)
        var hasPartner = false
        if name.isTokens || name.isIndex {
            let partner =
                name.isIndex ? candidate.path.dropLast(4) + ".bin" : FormatSelection.index(of: candidate.path)[...]
            hasPartner = (try? FileStatus(path: String(partner))) != nil
        }
        let reader: FileHeadReader
        if let ready = self.reader { reader = ready } else { reader = try FileHeadReader() }
        self.reader = reader
        let head = try reader.head(of: candidate.path, looksInside: request.format.looksInside(name))
        return request.format.decision(
            for: FileEvidence(name, head, isNamed: candidate.isNamed, hasPartner: hasPartner))
    }

    private mutating func take(
        _ location: String, _ status: FileStatus, source: String, _ format: ShardFormat, _ request: Request
    ) throws(CorpusError) {
        let path = request.shown(location)
        findings += 1
        if let place = taken[status.number] {
            guard namedByIndex.remove(status.number) == nil else { return }
            let first = shards[place]
            guard ByteName(first.path) != ByteName(path) || ByteName(first.source) == ByteName(source) else {
                throw .contestedShard(path: path, sources: [first.source, source])
            }
            return skippedFiles.add(.duplicate, path, bytes: status.bytes)
        }
        taken[status.number] = shards.count
        shards.append(Found(path: path, location: location, source: source, format: format))
    }

    // MARK: Files that are not read

    func isIgnored(_ path: String, below root: String, _ request: Request) -> Bool {
        ignored.contains { $0.matches(request.shown(path), below: request.shown(root)) }
    }

    mutating func skip(_ kind: SkipKind, _ path: String, _ status: FileStatus, _ request: Request) {
        if kind.mayHoldData || kind == .ignored { findings += 1 }
        // A folder that is named twice passes its files over once.
        guard passedOver[status.number] == nil else { return }
        passedOver[status.number] = (kind, path, request.shown(path), status.bytes)
    }

    /// Lists all files below a folder that is not entered; its path in bytes, since it may not be UTF-8.
    mutating func passOver(
        _ kind: SkipKind, _ path: String, _ bytes: [UInt8], _ number: FileNumber, _ request: Request
    ) {
        if kind.mayHoldData || kind == .ignored { findings += 1 }
        guard missed.insert(number).inserted else { return }
        skippedFiles.add(kind, request.shown(path) + "/", below: bytes)
    }

    /// Lists something that cannot be read, and names it as a problem.
    mutating func miss(
        _ kind: SkipKind, _ path: String, _ status: FileStatus?, _ reason: String?, _ request: Request
    ) {
        findings += 1
        if let status, !missed.insert(status.number).inserted { return }
        let path = request.shown(path)
        skippedFiles.add(kind, path, bytes: status?.bytes ?? 0)
        guard let problem = kind.problemKind else { return }
        let message = reason.map { "\(kind.reason) (\($0))" } ?? kind.reason
        problems.append(Problem(shard: path, record: nil, byteOffset: nil, kind: problem, message: message))
    }

    /// Reports a named path that cannot be read.
    mutating func report(_ kind: ProblemKind, _ path: String, _ reason: String, _ request: Request) {
        findings += 1
        let source = request.source.map { " (source `\($0)`)" } ?? ""
        problems.append(
            Problem(shard: request.shown(path), record: nil, byteOffset: nil, kind: kind, message: reason + source))
    }
}
