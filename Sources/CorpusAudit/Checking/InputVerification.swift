/// Whether the inputs of an audit are still the files that were audited.
public struct InputVerification: Sendable, Equatable {
    /// The result for one input.
    public enum Finding: Sendable, Equatable {
        /// Size and digest equal those of the audit.
        case unchanged
        /// The file has another size.
        case resized(from: Int, to: Int)
        /// The file has the same size and other bytes.
        case altered
        /// The listing has another tag for the object.
        case otherVersion
        /// There is no such file any more.
        case missing
        /// The file is there and cannot be read.
        case unreadable(reason: String)
        /// The file was named now and is not in the audit.
        case new
        /// The audit read a stream, which cannot be read again unless it is named.
        case notRepeatable
    }

    /// An input and its result.
    public struct Row: Sendable, Equatable {
        /// The path as the audit lists it.
        public var shard: String
        /// The result.
        public var finding: Finding
    }

    /// Inputs of the audit and new ones, sorted by path.
    public var rows: [Row]

    /// Whether no input has changed, and none is new.
    public var isUnchanged: Bool { rows.allSatisfy { $0.finding == .unchanged } }

    /// Reads sizes and digests again.
    ///
    /// It does not read a file whose size has changed. For an object whose tag is known both from the audit and from a
    /// listing, it compares the tags instead.
    ///
    /// - Parameters:
    ///   - audit: The audit.
    ///   - corpus: The corpus as named now, which gives the locations of shards and the new ones. Without it, shards
    ///     are sought under the paths that the audit lists.
    ///   - folder: The folder that the audit's relative paths start from; `nil` is the working directory.
    ///   - threads: The number of files to read at once.
    ///   - progress: Reports how far the reading has come.
    /// - Throws: `CancellationError`, and ``RunError/machineFailed(reason:)`` if memory runs out.
    public init(
        of audit: Audit, corpus: Corpus? = nil, in folder: String? = nil, threads: Int = 1,
        progress: ScanProgress? = nil
    ) async throws {
        let places = Self.places(of: audit, corpus: corpus, folder: folder)
        let inputs = audit.inputs
        progress?.begin(shards: inputs.count, bytes: inputs.reduce(0) { $0 + $1.bytes })
        let workers = max(1, min(threads, inputs.count))
        let read = try await WorkerThreads.run { stop in
            try WorkerThreads.map(workers, stop: stop) { worker, stop in
                // Neighbours have similar sizes, so every worker takes every n-th input.
                try stride(from: worker, to: inputs.count, by: workers).map { index in
                    defer {
                        progress?.add(bytes: inputs[index].bytes)
                        progress?.add(documents: inputs[index].documents)
                        progress?.finishShard()
                    }
                    return Row(
                        shard: inputs[index].shard,
                        finding: try Self.finding(inputs[index], at: places[index], stop))
                }
            }
        }.flatMap { $0 }
        let known = Set(inputs.map { ByteName($0.shard) })
        let fresh = (corpus?.shards ?? []).filter { !known.contains(ByteName($0.path)) }
        rows = read + fresh.map { Row(shard: $0.path, finding: .new) }
        rows.sort { ByteName($0.shard) < ByteName($1.shard) }
    }

    /// The location of each input; `nil` for a stream that is not available.
    private static func places(of audit: Audit, corpus: Corpus?, folder: String?) -> [Shard?] {
        let named = Dictionary(
            (corpus?.shards ?? []).map { (ByteName($0.path), $0) }, uniquingKeysWith: { first, _ in first })
        return audit.inputs.map { input in
            if let shard = named[ByteName(input.shard)] { return shard }
            if Shard.isUnnamedStream(input.shard) { return nil }
            let isRelative = folder != nil && !input.shard.hasPrefix("/")
            return Shard(
                path: input.shard, location: isRelative ? "\(folder ?? "")/\(input.shard)" : input.shard, source: "",
                fields: FieldSelection())
        }
    }

    private static func finding(_ input: Audit.Input, at place: Shard?, _ stop: StopSignal) throws -> Finding {
        guard let place else { return .notRepeatable }
        let size = place.command == nil ? FileIdentity(path: place.location)?.bytes : place.object?.bytes
        if place.location != "-", let size, size != input.bytes { return .resized(from: input.bytes, to: size) }
        if place.command != nil, let now = place.object?.etag, let then = input.etag {
            return now == then ? .unchanged : .otherVersion
        }
        do throws(StreamFault) {
            var opening = ShardOpening(shard: place, maximumRecordBytes: 1, memory: 0, progress: nil, stop: stop)
            defer { withExtendedLifetime(opening) {} }
            try opening.stage()
            var file = try opening.source(nil)
            let buffer = try OwnedBuffer(byteCount: 1 << 20)
            while try file.read(into: buffer.bytes) > 0 {}
            let size = try file.finalIdentity().bytes
            guard size == input.bytes else { return .resized(from: input.bytes, to: size) }
            return file.digestValue() == input.digest ? .unchanged : .altered
        } catch {
            if error.kind == .outOfMemory { throw RunError.outOfMemory("reading \(input.shard)") }
            if error.kind == .stopped { throw CancellationError() }
            return error.kind == .missingInput ? .missing : .unreadable(reason: error.reason)
        }
    }
}

extension InputVerification.Row: CustomStringConvertible {
    /// The path and the result, in a sentence.
    public var description: String {
        switch finding {
        case .unchanged: "\(shard): unchanged"
        case .resized(let before, let after): "\(shard): changed: it has \(after) bytes and had \(before)"
        case .altered: "\(shard): changed: its size is the same, its bytes are not"
        case .otherVersion: "\(shard): changed: the listing has another etag for it"
        case .missing: "\(shard): missing"
        case .unreadable(let reason): "\(shard): \(reason)"
        case .new: "\(shard): new: the audit does not list it"
        case .notRepeatable: "\(shard): was a stream: pipe it in again and name '-'"
        }
    }
}
