import DataWallKit
import Foundation

/// A file that the user requested, such as that of `-o`: checked before the work, written after it.
///
/// - A regular file is replaced whole or not at all: the new content goes to a file next to it, which is then renamed.
///   It keeps its mode, and its owner if the system allows that. A new file gets the mode that the umask leaves.
/// - A link stays a link; the file that it leads to is replaced.
/// - A pipe, a terminal or a device is written to, as a shell's `>` does.
/// - A regular file in a folder that allows no new files is written in place.
/// - `-`, `/dev/stdout` and `/dev/fd/N` are descriptors that the command inherited.
struct OutputFile {
    /// The path as the user gave it.
    let path: String

    private let target: Target

    private enum Target {
        case descriptor(Int32)
        case special
        case inPlace
        /// Links have been followed; the status is that of the file to replace, `nil` for a new one.
        case replaced(String, stat?)
    }

    /// Checks that a file can be written, and changes nothing.
    ///
    /// Tries out a neighbour of the file, so that a missing folder, a missing permission and a full disk are found now
    /// and not after hours of work.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitStatus/cannotWrite``.
    init(_ path: String) throws(CommandFailure) {
        self.path = path
        target = try Self.target(of: path)
        guard case .replaced(let place, let status) = target else { return }
        try Self.refusePartOfScan(place, path)
        // The option's own value is one of the arguments.
        guard let status, Self.namings(of: status) > 1 else { return }
        throw Self.refusal(path)
    }

    /// Refuses to replace one of the files that the command reads.
    func refuse(ifAmong inputs: [String]) throws(CommandFailure) {
        guard case .replaced(_, let status?) = target else { return }
        for input in inputs where Self.isSame(input, status) { throw Self.refusal(path) }
    }

    /// The output of an option that may be missing.
    init?(optional path: String?) throws(CommandFailure) {
        guard let path else { return nil }
        try self.init(path)
    }

    /// Whether this is standard output, so that nothing else may be printed there.
    var isStandardOutput: Bool {
        if case .descriptor(STDOUT_FILENO) = target { return true }
        return false
    }

    // MARK: Inputs

    /// How many of the command's arguments name a file.
    private static func namings(of status: stat) -> Int {
        CommandLine.arguments.dropFirst().count { argument in
            let value = argument.hasPrefix("-") ? argument.drop { $0 != "=" }.dropFirst() : argument[...]
            return isSame(String(value), status)
        }
    }

    private static func isSame(_ path: String, _ other: stat) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_dev == other.st_dev && status.st_ino == other.st_ino
    }

    private static func refusal(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(path) is one of the files that this command reads; name another output", status: .cannotWrite)
    }

    /// Refuses a path that belongs to the folder of a scan or a state, whose files only scans write.
    private static func refusePartOfScan(_ place: String, _ path: String) throws(CommandFailure) {
        let parent = folder(of: place)
        func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }
        let isOfScan = ["task.json", "lock"].contains(lastPart(place)) && access(parent + "/task.json", F_OK) == 0
        let isInside =
            ["runs", "commits", "set-aside"].contains(lastPart(parent)) && access(parent + "/../task.json", F_OK) == 0
        guard isOfScan || isInside else { return }
        throw CommandFailure(
            "\(path) is a part of a scan's folder; name an output outside of it", status: .cannotWrite)
    }

    // MARK: Checking

    private static func target(of path: String) throws(CommandFailure) -> Target {
        if let descriptor = descriptor(of: path) {
            let flags = fcntl(descriptor, F_GETFL)
            guard flags >= 0, flags & O_ACCMODE != O_RDONLY else { throw failure(path, EBADF) }
            return .descriptor(descriptor)
        }
        guard !path.isEmpty else { throw CommandFailure("the output file has no name", status: .cannotWrite) }
        var status = stat()
        let exists = stat(path, &status) == 0
        if !exists, errno != ENOENT { throw failure(path, errno) }
        if exists {
            switch status.st_mode & S_IFMT {
            case S_IFREG: break
            case S_IFDIR: throw failure(path, EISDIR)
            case S_IFIFO, S_IFCHR, S_IFBLK:
                guard access(path, W_OK) == 0 else { throw failure(path, errno) }
                return .special
            default: throw CommandFailure("\(path) cannot be written: it is a socket", status: .cannotWrite)
            }
            guard access(path, W_OK) == 0 else { throw failure(path, errno) }
        }
        let place = try followed(path)
        if let code = trial(beside: place) {
            if exists, [EACCES, EPERM].contains(code) { return .inPlace }
            if code == ENOENT {
                throw CommandFailure(
                    "\(path) cannot be written: there is no folder \(folder(of: place)); make it first",
                    status: .cannotWrite)
            }
            throw failure(path, code)
        }
        return .replaced(place, exists ? status : nil)
    }

    /// The descriptor that a path represents.
    private static func descriptor(of path: String) -> Int32? {
        switch path {
        case "-", "/dev/stdout": return STDOUT_FILENO
        case "/dev/stderr": return STDERR_FILENO
        default:
            for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
                return Int32(path.dropFirst(folder.count)).flatMap { $0 >= 0 ? $0 : nil }
            }
            return nil
        }
    }

    /// The path that links lead to, which need not be there.
    private static func followed(_ path: String) throws(CommandFailure) -> String {
        var place = path
        // As many links as the system itself follows.
        for _ in 0..<40 {
            guard let link = try? FileManager.default.destinationOfSymbolicLink(atPath: place) else { return place }
            place = link.hasPrefix("/") ? link : folder(of: place) + "/" + link
        }
        throw failure(path, ELOOP)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Writes a block next to a file and removes it.
    ///
    /// - Returns: The error number, or `nil` when a file can be written there.
    private static func trial(beside path: String) -> Int32? {
        // The file system may refuse the name itself.
        var status = stat()
        if lstat(path, &status) != 0, errno != ENOENT { return errno }
        if path.hasSuffix("/") { return EISDIR }
        return withNeighbour(of: path, mode: 0o600) { descriptor, _ in
            StandardStream.write([UInt8](repeating: 0, count: 4_096), to: descriptor)
        }
    }

    private static func failure(_ path: String, _ code: Int32) -> CommandFailure {
        let name = path == "-" ? "standard output" : path
        return CommandFailure("\(name) cannot be written: \(String(cString: strerror(code)))", status: .cannotWrite)
    }

    // MARK: Writing

    /// Writes the file.
    ///
    /// - Throws: ``CommandFailure`` with ``ExitStatus/cannotWrite``. An earlier file is then unchanged, unless it had
    ///   to be written in place.
    func write(_ text: String) throws(CommandFailure) {
        let bytes = Array(text.utf8)
        let code: Int32?
        switch target {
        case .descriptor(STDOUT_FILENO): return try StandardStream.print(text)
        case .descriptor(let descriptor): code = StandardStream.write(bytes, to: descriptor)
        case .special: code = Self.overwrite(path, with: bytes, O_WRONLY | O_NOCTTY)
        case .inPlace: code = Self.overwrite(path, with: bytes, O_WRONLY | O_TRUNC)
        case .replaced(let place, let status): code = Self.replace(place, status, with: bytes)
        }
        if let code { throw Self.failure(path, code) }
    }

    private static func overwrite(_ path: String, with bytes: [UInt8], _ flags: Int32) -> Int32? {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { return errno }
        let code = StandardStream.write(bytes, to: descriptor)
        return close(descriptor) == 0 ? code : code ?? errno
    }

    private static func replace(_ path: String, _ old: stat?, with bytes: [UInt8]) -> Int32? {
        let code = withNeighbour(of: path, mode: old == nil ? 0o666 : 0o600) { descriptor, neighbour in
            if let code = StandardStream.write(bytes, to: descriptor) { return code }
            if let old {
                let isOwned = fchown(descriptor, old.st_uid, old.st_gid) == 0
                // Bits that run a program as its owner must not pass to another owner.
                guard fchmod(descriptor, old.st_mode & (isOwned ? 0o7777 : 0o777)) == 0 else { return errno }
            }
            // Some disks say only here that they are full; some file systems cannot do it at all.
            if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { return errno }
            return rename(neighbour, path) == 0 ? nil : errno
        }
        // A file that is mounted by itself, or that others own in a shared folder, cannot be replaced, only written.
        if let code, old != nil, [EBUSY, EPERM, EACCES].contains(code) {
            return overwrite(path, with: bytes, O_WRONLY | O_TRUNC)
        }
        return code
    }

    /// Makes a file with a new name next to another, for a short time.
    ///
    /// - Parameters:
    ///   - path: The other file.
    ///   - mode: The new file's mode; the umask is taken off.
    ///   - body: Uses its descriptor and path. It may rename the file.
    /// - Returns: The error number of the body or of the system, or `nil`.
    private static func withNeighbour(
        of path: String, mode: mode_t, _ body: (_ descriptor: Int32, _ path: String) -> Int32?
    ) -> Int32? {
        let name = ".datawall-" + String(UInt64.random(in: 0 ... .max), radix: 16) + ".tmp"
        let folder = folder(of: path)
        let neighbour = (folder == "/" ? "" : folder) + "/" + name
        // Nothing of others is opened: the file must be new, and links are not followed.
        let descriptor = open(neighbour, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { return errno }
        let code = body(descriptor, neighbour)
        close(descriptor)
        unlink(neighbour)
        return code
    }
}
