import Foundation
import Testing

@testable import DataWallCommand

@Suite struct OutputFileTests {
    private static func mode(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
    }

    private static func kind(_ path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    private static func names(_ folder: TestFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test(
        "a file that is there keeps its mode, and nothing else is left in its folder", arguments: [0o600, 0o640, 0o755])
    func keepsMode(mode: Int) throws {
        let folder = try TestFolder(["a.json": "old and longer"])
        let path = folder.path + "/a.json"
        #expect(chmod(path, mode_t(mode)) == 0)
        let output = try OutputFile(path)
        #expect(try folder.read("a.json") == "old and longer")
        try output.write("new")
        #expect(try folder.read("a.json") == "new")
        #expect(Self.mode(path) == mode_t(mode))
        #expect(try Self.names(folder) == ["a.json"])
    }

    @Test("a new file has the mode that the umask leaves, and checking makes no file")
    func newFile() throws {
        let folder = try TestFolder()
        let output = try OutputFile(folder.path + "/a.json")
        #expect(try Self.names(folder) == [])
        try output.write("new")
        let mask = umask(0)
        umask(mask)
        #expect(Self.mode(folder.path + "/a.json") == 0o666 & ~mask)
        #expect(try Self.names(folder) == ["a.json"])
    }

    @Test("a link stays a link, also over several links and where the file is not there yet")
    func links() throws {
        let folder = try TestFolder(["deep/target": "old"])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link", withDestinationPath: "deep/second")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/deep/second", withDestinationPath: folder.path + "/deep/target")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/dangling", withDestinationPath: "deep/new")
        try OutputFile(folder.path + "/link").write("one")
        try OutputFile(folder.path + "/dangling").write("two")
        #expect(Self.kind(folder.path + "/link") == S_IFLNK && Self.kind(folder.path + "/deep/second") == S_IFLNK)
        #expect(Self.kind(folder.path + "/dangling") == S_IFLNK)
        #expect(try folder.read("deep/target") == "one")
        #expect(try folder.read("deep/new") == "two")
    }

    @Test("a pipe is written to and stays a pipe")
    func pipe() throws {
        let folder = try TestFolder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let output = try OutputFile(path)
        // Open for both, so that neither end waits for the other.
        let reader = open(path, O_RDWR | O_NONBLOCK)
        defer { close(reader) }
        try output.write("through the pipe")
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(reader, &bytes, bytes.count)
        #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "through the pipe")
        #expect(Self.kind(path) == S_IFIFO)
    }

    @Test("a descriptor that the command was started with is written to by its path")
    func descriptor() throws {
        let pipe = Pipe()
        let path = "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)"
        try OutputFile(path).write("through the descriptor")
        try pipe.fileHandleForWriting.close()
        #expect(
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "through the descriptor"
        )
        #expect(try OutputFile("-").isStandardOutput && OutputFile("/dev/stdout").isStandardOutput)
    }

    @Test("what cannot be written is refused before the work, with a sentence")
    func refusals() throws {
        let folder = try TestFolder(["file": ""])
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: "loop")
        for (name, reason) in [
            ("no/such/folder/a.json", "there is no folder"), (".", "Is a directory"),
            ("file/a.json", "Not a directory"),
            ("loop", "Too many levels of symbolic links"), (String(repeating: "a", count: 300), "File name too long"),
            ("new/", "Is a directory"),
        ] {
            let failure = #expect(throws: CommandFailure.self) { try OutputFile(folder.path + "/" + name) }
            #expect(failure?.status == .cannotWrite)
            #expect(failure?.lines.joined().contains(reason) == true, "\(failure?.lines ?? [])")
        }
        #expect(throws: CommandFailure.self) { try OutputFile("") }
        #expect(throws: CommandFailure.self) { try OutputFile("/dev/fd/999") }
    }

    @Test("a file whose folder is gone when the work is done fails with a sentence")
    func goneFolder() throws {
        let folder = try TestFolder(["out/file": ""])
        let output = try OutputFile(folder.path + "/out/file")
        try FileManager.default.removeItem(atPath: folder.path + "/out")
        let failure = #expect(throws: CommandFailure.self) { try output.write("text") }
        #expect(failure?.status == .cannotWrite)
    }
}
