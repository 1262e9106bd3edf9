import Foundation
import Testing

@testable import ParquetReading

@Suite struct ParquetSourceTests {
    private struct Lost: Error {}

    @Test("what a source throws is the cause of an error that says where")
    func throwing() throws {
        let bytes = try Fixture.bytes("row-groups")
        let file = try ParquetFile(
            ParquetSource(size: bytes.count) { offset, buffer in
                if offset < 200 { throw Lost() }
                let part = bytes[offset..<min(offset + buffer.count, bytes.count)]
                buffer.copyBytes(from: part)
                return part.count
            })
        let error = #expect(throws: ParquetError.self) { _ = try Fixture.values(file, "text") }
        #expect(error?.kind == .unreadable)
        #expect(error?.cause is Lost)
        #expect(error?.rowGroup == 0)
        #expect(error?.byteOffset == 4)
    }

    @Test("a source that ends early is an error and no shorter file")
    func short() throws {
        let bytes = try Fixture.bytes("row-groups")
        let file = try ParquetFile(
            ParquetSource(size: bytes.count) { offset, buffer in
                // One byte at a time, and none of the middle.
                if (100..<300).contains(offset) { return 0 }
                buffer[0] = bytes[offset]
                return 1
            })
        let error = #expect(throws: ParquetError.self) { _ = try Fixture.values(file, "text") }
        #expect(error?.kind == .unreadable)
        #expect(error?.reason == "the file ends here and had \(bytes.count) bytes when it was opened")
        #expect(error?.byteOffset == 100)
    }

    @Test("a file is read through its descriptor")
    func descriptor() throws {
        let handle = try #require(FileHandle(forReadingAtPath: Fixture.path("row-groups")))
        let file = try ParquetFile(ParquetSource(descriptor: handle.fileDescriptor))
        #expect(try Fixture.values(file, "text") == Fixture.expected["row-groups"]?["text"])
        try handle.close()
    }

    @Test("what is no regular file cannot be read")
    func irregular() {
        let missing = #expect(throws: ParquetError.self) { _ = try ParquetFile(path: Fixture.path("no such file")) }
        #expect(missing?.description.hasPrefix("the file cannot be opened: No such file") == true)
        let folder = #expect(throws: ParquetError.self) { _ = try ParquetFile(path: "/") }
        #expect(folder?.reason == "it is not a regular file, and Parquet's footer comes last")
    }
}
