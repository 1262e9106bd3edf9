import Foundation
import OrderedJSON

/// The folder of a list of records to keep: `keep.json`, and a file for each shard in `records`.
struct KeepFolder {
    let path: String

    /// Marks a list that is being written; it is removed when `keep.json` is written.
    private static let mark = "keep-unfinished.json"

    /// Takes a folder that is not there, is empty, or holds an earlier list.
    ///
    /// Throws ``RunError/foreignFolder(path:reason:)`` for any other; nothing is changed yet.
    init(_ path: String) throws(RunError) {
        self.path = path
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
        if names.isEmpty { return }
        for name in ["keep.json", Self.mark] where names.contains(name) {
            guard let version = try SealedJSON.version(of: KeepList.format, "\(path)/\(name)") else {
                throw .foreignFolder(path: path, reason: "its \(name) is of something else")
            }
            guard version <= KeepList.version else {
                throw .foreignFolder(
                    path: path, reason: "its \(name) is of format version \(version), which a later datawall wrote")
            }
            return
        }
        throw .foreignFolder(path: path, reason: "it holds \(names[0]), and no keep.json")
    }

    /// Makes the folder, without anything of an earlier list in it.
    func prepare() throws(RunError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let mark: JSONValue = .object([
                "format": .string(KeepList.format), "version": .integer(KeepList.version), "unfinished": true,
            ])
            // First of all: a folder without it that is not empty is refused from then on.
            try SystemFile.replace("\(path)/\(Self.mark)", with: mark.fileText())
            try FileManager.default.createDirectory(atPath: path + "/records", withIntermediateDirectories: true)
            if FileManager.default.fileExists(atPath: path + "/keep.json") {
                try FileManager.default.removeItem(atPath: path + "/keep.json")
            }
            for name in ScanJournal.names(in: path + "/records", endingIn: ".list")
            where ScanJournal.number(of: name) != nil {
                try FileManager.default.removeItem(atPath: "\(path)/records/\(name)")
            }
        } catch let error as RunError {
            throw error
        } catch {
            throw .cannotWrite(path: path, reason: "the folder for the list cannot be made")
        }
    }

    /// The name of a shard's file in the folder.
    static func name(ofShard index: Int) -> String { "records/\(RunStore.name(index + 1)).list" }

    /// A new file for the records of a shard.
    func file(ofShard index: Int) throws(RunError) -> SystemFile {
        try SystemFile(creating: "\(path)/\(Self.name(ofShard: index))")
    }

    /// Makes the names of the shards' files outlast a power cut.
    func synchronize() { SystemFile.synchronizeFolder(path + "/records") }

    /// Writes `keep.json`, which makes the list count.
    func finish(_ list: KeepList) throws(RunError) {
        try SystemFile.replace(path + "/keep.json", with: list.json.fileText())
        try? FileManager.default.removeItem(atPath: "\(path)/\(Self.mark)")
    }
}
