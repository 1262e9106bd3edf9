#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The folder of a sample: `FOLDER/SOURCE/NUMBER-SHARD.SUFFIX`.
///
/// Files of the current shard get their names when it ends; a failure removes them.
final class SampleFolder {
    let path: String
    private let encoder: ZstdEncoder?
    private let suffix: String
    /// The files of the current shard, by the bytes of source and kind.
    ///
    /// Swift treats strings as equal if their characters are only composed differently, but these are different
    /// sources.
    private var files: [[UInt8]: SampleFile] = [:]
    private var paths: Set<[UInt8]> = []

    /// The most memory of all files together, and the least and the most for the block of one.
    private static let memory = 256 << 20
    private static let blocks = 64 << 10...1 << 20

    /// Creates the folder, or takes an existing one, which must be empty.
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

    /// The file of a source and shard, created if it does not exist.
    func file(of source: String, shard: Shard, number: Int, kind: String) throws(RunError) -> SampleFile {
        let key = Array(kind.utf8) + [0] + Array(source.utf8)
        if let file = files[key] { return file }
        let place = path + "/" + Self.fileName(source)
        try Self.make(place)
        let name = "\(number)-" + Self.fileName(Self.baseName(shard.path)) + "." + kind + suffix
        let file = SampleFile(path: place + "/" + name, encoder: encoder)
        guard paths.insert(Array(file.path.utf8)).inserted else {
            throw .cannotWrite(path: file.path, reason: "two sources would write this file")
        }
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
        for (_, file) in files.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) { try file.finish() }
        files = [:]
        paths = []
    }

    /// Takes back the files of a shard that could not be finished.
    func discardShard() {
        for file in files.values { file.discard() }
        files = [:]
        paths = []
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
        return stem(of: path.split(separator: "/").last ?? "stdin")
    }

    /// A name without the suffixes of format and compression.
    static func stem(of name: Substring) -> String {
        var name = String(name)
        for suffix in [".zst", ".zstd", ".gz", ".jsonl", ".ndjson", ".json", ".txt", ".bin", ".parquet", ".pq"]
        where name.hasSuffix(suffix) {
            name.removeLast(suffix.count)
        }
        return name
    }

    /// A file name for any name: different names get different ones.
    ///
    /// Characters that a file name cannot contain (`/` and control characters), a leading dot, and `%` itself are
    /// written as `%` and two hexadecimal digits for each byte, as in a URL. A name that would be too long is cut, and
    /// `%-` and its digest are added; no escape begins with `%-`. A name without characters is `%`.
    static func fileName(_ name: String) -> String {
        var text: [UInt8] = []
        for byte in name.utf8 {
            switch byte {
            case 0..<0x20, 0x7F, UInt8(ascii: "/"), UInt8(ascii: "%"): text += escape(byte)
            case UInt8(ascii: ".") where text.isEmpty: text += escape(byte)
            default: text.append(byte)
            }
        }
        if text.isEmpty { return "%" }
        guard text.count > longestName else { return String(decoding: text, as: UTF8.self) }
        let digest = "%-\(Array(name.utf8).withUnsafeBufferPointer { Fingerprint(of: $0) })"
        var end = longestName - digest.utf8.count
        // Not within a character.
        while text[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: text[..<end], as: UTF8.self) + digest
    }

    private static func escape(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
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
