#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where a sample goes: `FOLDER/SOURCE/NUMBER-SHARD.SUFFIX`.
///
/// Files of the shard in hand are kept until it ends; a failure takes them back.
final class SampleFolder {
    let path: String
    private let encoder: ZstdEncoder?
    private let suffix: String
    private var files: [String: SampleFile] = [:]

    /// What all files hold in memory together at most, and a block of one at least and at most.
    private static let memory = 256 << 20
    private static let blocks = 64 << 10...1 << 20

    /// Makes the folder, which must be empty where it is there.
    init(path: String, compression: SampleCompression) throws(SampleError) {
        self.path = path
        suffix = compression.suffix
        encoder = compression == .zstd ? ZstdEncoder() : nil
        do throws(RunError) {
            try Self.make(path)
        } catch { throw Self.failure(error, in: path) }
        guard let directory = opendir(path) else {
            throw .cannotWrite(path: path, reason: SystemFile.reason(), folder: path)
        }
        defer { closedir(directory) }
        var entries = 0
        while readdir(directory) != nil { entries += 1 }
        guard entries <= 2 else { throw .folderNotEmpty(path: path) }
    }

    /// The file of a source and shard, made where it is not there.
    func file(of source: String, shard: Shard, number: Int, kind: String) throws(RunError) -> SampleFile {
        let key = source + "\u{0}" + kind
        if let file = files[key] { return file }
        let place = path + "/" + Self.fileName(source)
        try Self.make(place)
        let name = "\(number)-" + Self.fileName(Self.baseName(shard.path)) + "." + kind + suffix
        let file = SampleFile(path: place + "/" + name, encoder: encoder)
        files[key] = file
        return file
    }

    /// How many bytes a file may gather before it writes them.
    var blockBytes: Int {
        let share = Self.memory / max(1, files.count)
        return min(max(share, Self.blocks.lowerBound), Self.blocks.upperBound)
    }

    /// Gives the files of a shard their names.
    func finishShard() throws(RunError) {
        for (_, file) in files.sorted(by: { $0.key < $1.key }) { try file.finish() }
        files = [:]
    }

    /// Takes back the files of a shard that could not be finished.
    func discardShard() {
        for file in files.values { file.discard() }
        files = [:]
    }

    static func failure(_ error: RunError, in folder: String) -> SampleError {
        switch error {
        case .cannotWrite(let path, let reason), .cannotRead(let path, let reason):
            .cannotWrite(path: path, reason: reason, folder: folder)
        default: .cannotWrite(path: folder, reason: "\(error)", folder: folder)
        }
    }

    // MARK: Names

    private static func baseName(_ path: String) -> String {
        if path == "-" { return "stdin" }
        var name = String(path.split(separator: "/").last ?? "stdin")
        for suffix in [".zst", ".zstd", ".gz", ".jsonl", ".ndjson", ".json", ".txt", ".bin"]
        where name.hasSuffix(suffix) {
            name.removeLast(suffix.count)
        }
        return name
    }

    /// A name that is safe as one file's: slashes, controls and leading dots are replaced, and it is cut at a length
    /// that every file system takes.
    static func fileName(_ name: String) -> String {
        var text = String(
            name.unicodeScalars.map { $0 == "/" || $0.value < 0x20 || $0.value == 0x7F ? "_" : Character($0) })
        if text.isEmpty || text.hasPrefix(".") { text = "_" + text }
        // Names that differ only past the cut must not meet.
        guard text.utf8.count > longestName else { return text }
        let digest = "\(Array(text.utf8).withUnsafeBufferPointer { Fingerprint(of: $0) })".prefix(16)
        while text.utf8.count > longestName - digest.utf8.count - 1 { text.removeLast() }
        return text + "-" + digest
    }

    /// File names have 255 bytes at most; a number, a suffix and `.partial` go with them.
    private static let longestName = 200

    private static func make(_ path: String) throws(RunError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o755) == 0 || errno == EEXIST else {
                throw .cannotWrite(path: path, reason: SystemFile.reason())
            }
        }
    }
}
