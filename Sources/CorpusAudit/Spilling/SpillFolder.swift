import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A folder of runs that do not fit in memory, or of objects while they are read, in the system's folder for temporary
/// files.
///
/// It goes with its owner. A process that is killed cannot remove it, so the folder is locked while its process lives, and
/// whoever makes the next one removes those that nobody holds.
final class SpillFolder: Sendable {
    let path: String
    /// The folder itself, held with `flock`.
    private let descriptor: Int32

    /// What a folder is for.
    enum Content: String, CaseIterable {
        /// Runs that do not fit in memory.
        case runs = "datawall-spill-"
        /// Objects that a command copied here.
        case objects = "datawall-scratch-"

        fileprivate var purpose: String {
            switch self {
            case .runs: "what does not fit in memory"
            case .objects: "objects that are copied here"
            }
        }
    }

    /// Whether a file is in such a folder.
    static func holds(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { folder in
            Content.allCases.contains { folder.hasPrefix($0.rawValue) }
        }
    }

    init(for content: Content = .runs) throws(RunError) {
        let parent = NSTemporaryDirectory()
        Self.removeAbandoned(in: parent, content)
        while true {
            var template = Array((parent + content.rawValue + "XXXXXX").utf8CString)
            guard mkdtemp(&template) != nil else {
                throw .cannotWrite(
                    path: parent,
                    reason: "a folder for \(content.purpose) cannot be made: \(SystemFile.reason())")
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

    /// Removes a folder with the runs in it, and nothing else; one of objects with all that commands left there.
    static func remove(_ path: String) {
        if path.split(separator: "/").last?.hasPrefix(Content.objects.rawValue) == true {
            try? FileManager.default.removeItem(atPath: path)
            return
        }
        for name in ScanJournal.names(in: path, endingIn: ".run") where ScanJournal.number(of: name) != nil {
            unlink("\(path)/\(name)")
        }
        rmdir(path)
    }

    /// Removes the folders of processes of this user that ended without doing so.
    private static func removeAbandoned(in parent: String, _ content: Content) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
        where name.hasPrefix(content.rawValue) {
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
