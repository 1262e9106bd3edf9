import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder of runs that do not fit in memory, in the system's folder for temporary files.
///
/// It goes with its owner. A process that is killed cannot remove it, so the folder is locked while its process lives, and
/// whoever makes the next one removes those that nobody holds.
final class SpillFolder: Sendable {
    let path: String
    /// The folder itself, held with `flock`.
    private let descriptor: Int32

    private static let prefix = "datawall-spill-"

    init() throws(RunError) {
        let parent = NSTemporaryDirectory()
        Self.removeAbandoned(in: parent)
        while true {
            var template = Array((parent + Self.prefix + "XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else {
                throw .cannotWrite(
                    path: parent,
                    reason: "a folder for what does not fit in memory cannot be made: \(SystemFile.reason())")
            }
            let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
            TemporaryFiles.add(folder: path)
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if descriptor >= 0 {
                flock(descriptor, LOCK_EX)
                // Another process may have taken it for abandoned before it was locked.
                if let held = FileStatus(descriptor: descriptor), held.number == (try? FileStatus(path: path))?.number {
                    self.path = path
                    self.descriptor = descriptor
                    return
                }
                close(descriptor)
            }
            TemporaryFiles.remove(folder: path)
        }
    }

    deinit {
        Self.remove(path)
        TemporaryFiles.remove(folder: path)
        close(descriptor)
    }

    /// Removes a folder with the runs in it, and nothing else.
    static func remove(_ path: String) {
        for name in ScanJournal.names(in: path, endingIn: ".run") where ScanJournal.number(of: name) != nil {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    /// Removes the folders of processes of this user that ended without doing so.
    private static func removeAbandoned(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let path = parent + name
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            defer { close(descriptor) }
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_uid == geteuid(),
                flock(descriptor, LOCK_EX | LOCK_NB) == 0
            else { continue }
            remove(path)
        }
    }
}
