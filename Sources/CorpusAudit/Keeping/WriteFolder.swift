import Foundation
import OrderedJSON
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The folder to which kept documents are written.
///
/// ```
/// web/part-0.jsonl.zst             the documents of a shard; the name comes when the file is whole
/// .datawall-keep/lock              held while a process writes here
/// .datawall-keep/job.json          the digest of what is being written
/// .datawall-keep/list              keep.json and its lists, where they go to no other folder
/// .datawall-keep/done/000001.json  a shard that is written
/// ```
final class WriteFolder: Sendable {
    /// A shard that is written.
    struct Done: JSONRecord, Equatable {
        var file: String?
        var bytes = 0
        var documents = 0
        var lost = 0
        var notes: [String] = []

        static let blank = Done()
        static let fields: [JSONField<Done>] = [
            .init("file", \.file, "The file of its documents; null where none stays."),
            .init("bytes", \.bytes, "The file's size.", .count),
            .init("documents", \.documents, "Documents that were written.", .count),
            .init("lost", \.lost, "Records of the list that could not be read.", .count),
            .init("notes", \.notes, "What the lines do not say of the records."),
        ]
    }

    let path: String
    private let job: String
    private let lock: Mutex<FolderLock?>

    private static let format = "datawall-keep-job"
    private static let state = ".datawall-keep"
    private var state: String { "\(path)/\(Self.state)" }

    /// The folder for a list that has no other place.
    var list: String { state + "/list" }

    /// Takes a folder that is not there, is empty, or holds unfinished documents of the same job; nothing is changed yet.
    init(_ path: String, job: String) throws(RunError) {
        self.path = path
        self.job = job
        lock = Mutex(nil)
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        if names.isEmpty { return }
        guard names.contains(Self.state) else {
            throw .foreignFolder(path: path, reason: "it contains \(names[0])")
        }
        let file = state + "/job.json"
        guard FileManager.default.fileExists(atPath: file) else {
            if names == [Self.state] { return }
            throw .foreignFolder(path: path, reason: "it contains \(names.first { $0 != Self.state } ?? names[0])")
        }
        guard try SealedJSON.version(of: Self.format, file) == 1, let json = try? JSONValue(parsing: Self.bytes(file))
        else { throw .foreignFolder(path: path, reason: "its \(Self.state)/job.json is of something else") }
        guard json["job"] == .string(job) else {
            throw .unsuitable(
                path: path,
                reason: "it contains documents of another keep command (other runs, options or manifest); "
                    + "repeat that command, or name another folder")
        }
    }

    private static func bytes(_ path: String) throws(RunError) -> [UInt8] {
        let file = try SystemFile(reading: path)
        return try file.read(file.size, at: 0)
    }

    /// Creates the folder and locks it for this process.
    func prepare() throws(RunError) {
        do {
            try FileManager.default.createDirectory(atPath: state + "/done", withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: path, reason: "the folder for the documents cannot be made")
        }
        let taken = try FolderLock(folder: state, isAttempt: false)
        lock.withLock { $0 = taken }
        let json: JSONValue = .object(["format": .string(Self.format), "version": 1, "job": .string(job)])
        try SystemFile.replace(state + "/job.json", with: json.fileText())
    }

    private func doneFile(_ shard: Int) -> String { "\(state)/done/\(RunStore.name(shard + 1)).json" }

    /// The state of a shard that is written; `nil` for one that is not, or whose file has changed since.
    func done(_ shard: Int) throws(RunError) -> Done? {
        let path = doneFile(shard)
        guard FileManager.default.fileExists(atPath: path),
            let json = try? JSONValue(parsing: Self.bytes(path))
        else { return nil }
        var unknownKeys: [JSONUnknownKey] = []
        guard let done = try? Done(json, unknownKeys: &unknownKeys) else { return nil }
        guard let file = done.file else { return done }
        return FileIdentity(path: "\(self.path)/\(file)")?.bytes == done.bytes ? done : nil
    }

    /// A new file for the documents of a shard; a file that an earlier process left is removed.
    func file(named name: String, encoder: ZstdEncoder) throws(RunError) -> SampleFile {
        let place = "\(path)/\(name)"
        do {
            try FileManager.default.createDirectory(
                atPath: String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]),
                withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(path: place, reason: "its folder cannot be made")
        }
        unlink(place)
        unlink(place + SampleFile.partialSuffix)
        return SampleFile(path: place, encoder: encoder)
    }

    /// Notes that a shard is written.
    func finish(_ shard: Int, _ done: Done) throws(RunError) {
        try SystemFile.replace(doneFile(shard), with: done.object.fileText())
    }

    /// Bytes that may still be written to the folder's file system; `nil` if it does not report them.
    var freeBytes: Int? {
        var place = path
        var status = statvfs()
        while statvfs(place, &status) != 0 {
            guard place != "/", place != "." else { return nil }
            guard let slash = place.lastIndex(of: "/") else {
                place = "."
                continue
            }
            place = slash == place.startIndex ? "/" : String(place[..<slash])
        }
        let (bytes, isTooLarge) = Int(status.f_bavail).multipliedReportingOverflow(by: Int(status.f_frsize))
        return isTooLarge ? nil : bytes
    }
}
