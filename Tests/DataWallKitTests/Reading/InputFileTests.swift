import DataWallKit
import Foundation
import TestSupport
import Testing

@Suite struct InputFileTests {
    @Test("a pipe is read to its end, as a file is")
    func pipes() throws {
        let folder = try TemporaryFolder()
        let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(try InputFile(path: try folder.write(content, to: "file")).bytes == content)
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let writer = Thread { try? FileHandle(forWritingAtPath: path)?.write(contentsOf: Data(content)) }
        writer.start()
        #expect(try InputFile(path: path).bytes == content)
        #expect(try InputFile(path: "/dev/null").bytes.isEmpty)
    }

    @Test("what cannot be read is refused with the reason")
    func refusals() throws {
        let folder = try TemporaryFolder(["file": ""])
        for (name, reason) in [
            ("nowhere", "there is no such audit file"), ("file/below", "there is no such audit file"),
            ("", "the audit file cannot be read: it is a directory"),
        ] {
            let path = folder.path + "/" + name
            let failure = #expect(throws: InputFailure.self) { try InputFile(path: path, kind: "audit file") }
            #expect(failure?.description == "\(path): \(reason)")
        }
    }
}
