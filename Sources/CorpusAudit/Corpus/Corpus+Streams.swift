extension Corpus {
    /// The same corpus with a name for its stream, under which the audit lists it.
    ///
    /// A stream is standard input, a named pipe or a process substitution: it can be read once, and its path does not
    /// describe its content. With names, scans of several streams merge into one audit. Without a manifest the name
    /// decides the source and, unless `format` does, the format: `web/part-7.txt` is text of the source `web`; a name
    /// without a folder belongs to the source `stdin`.
    ///
    /// - Parameters:
    ///   - name: The name; streams that are audited together must have different names.
    ///   - format: The format of the stream, or how to find it.
    /// - Returns: The corpus.
    /// - Throws: ``CorpusError/unsuitableStream(reason:)`` for a name that is empty or has control characters, and if
    ///   the corpus has no stream or several; ``CorpusError/repeatedShard(path:)`` if another shard has the name.
    public func naming(
        stream name: String, format: FormatSelection = FormatSelection()
    ) throws(CorpusError) -> Corpus {
        // A name that leads somewhere else would take its source from the folder that the command is called in.
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !Shard.isUnnamedStream(name), !parts.contains(where: { ["", ".", ".."].contains($0) }),
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
        else {
            throw .unsuitableStream(reason: "'\(name)' cannot name a stream; give it a name such as part-0007")
        }
        let streams = shards.indices.filter { shards[$0].isStream }
        guard let place = streams.first else {
            throw .unsuitableStream(
                reason: "the name \(name) is for a stream, and only files are to be read; name '-' or a pipe, or drop "
                    + "the name")
        }
        guard streams.count == 1 else {
            throw .unsuitableStream(
                reason: "there are \(streams.count) streams and one name, \(name); read one named stream at a time")
        }
        guard !shards.contains(where: { ByteName($0.path) == ByteName(name) }) else { throw .repeatedShard(path: name) }
        var corpus = self
        corpus.shards[place].path = name
        if declarations.isEmpty {
            corpus.shards[place].source =
                name.contains("/") ? CorpusPath.name(of: CorpusPath.parent(of: name)) : Shard.unnamedSource
            corpus.shards[place].format = format.format(ofStream: name)
        }
        try corpus.arrange()
        // A stream can always come by standard input, whatever pipe it came by.
        corpus.request = request?.naming(stream: name, at: shards[place].location)
        return corpus
    }
}

extension Shard {
    /// Whether the shard can be read only once: standard input, a pipe, a socket or a terminal.
    public var isStream: Bool { command == nil && FileIdentity.isStream(location) }

    /// The source of a stream whose path names no folder of the corpus.
    static let unnamedSource = "stdin"

    /// Whether the system reuses a path for the next stream, so that the path does not identify one.
    static func isUnnamedStream(_ path: String) -> Bool {
        ["-", "/dev/stdin"].contains(path) || path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/")
    }

    /// Whether another shard is the same input, read in the same way; where a stream comes from may differ.
    func isSameInput(as other: Shard) -> Bool {
        var other = other
        if isStream { other.location = location }
        // The weights of scores do not affect the reading.
        other.fields.qualityMap = fields.qualityMap
        return self == other
    }
}
