import Foundation
import Testing

@testable import CorpusAudit

@Suite struct FileContentTests {
    private func content(_ bytes: [UInt8]) -> FileContent {
        FileContent(FileHead(content: Array(bytes.prefix(FileHead.length)), fileSize: bytes.count))
    }

    private func content(_ text: String) -> FileContent { content(Array(text.utf8)) }

    @Test("records, arrays, pretty-printed objects and text are told apart")
    func json() {
        #expect(content("{\"text\": \"a\"}\n{\"text\": \"b\"}") == .jsonLines)
        #expect(content("\u{FEFF}\r\n {\"text\": \"a\"}") == .jsonLines)
        #expect(content("{\"text\": \"" + String(repeating: "long ", count: 2_000)) == .jsonLines)
        #expect(content("{\n  \"text\": \"a\"\n}\n") == .prettyJSON)
        #expect(content("{\"text\": \"a\",\n\"id\": 1}") == .prettyJSON)
        #expect(content("[{\"text\": \"a\"},\n{\"text\": \"b\"}]") == .jsonArray)
        #expect(content("[{\"text\": \"a\"}]\n") == .jsonArray)
        #expect(content("[{\"text\": \"a\" \"b\"}, {\"text\": \"c\"}]") == .jsonArray)
        #expect(content("[1]\n{\"text\": \"b\"}\n") == .text)
        #expect(content("{\"text\": \"broken\n{\"text\": \"b\"}\n") == .text)
        #expect(content("[Music] plays") == .text)
        #expect(content("Grüße\n") == .text)
        #expect(content("") == .empty)
        #expect(content([0xC3, 0x28, 0x00]) == .unknown)
    }

    @Test("a character that the head cuts off is text")
    func cutText() {
        #expect(content(Array((String(repeating: "x", count: FileHead.length - 1) + "é").utf8)) == .text)
        #expect(content(Array("x".utf8) + [0xC3]) == .unknown)
    }

    @Test("what datawall wrote is known by its first key, spread over lines or not")
    func own() {
        #expect(content("{\"format\": \"datawall-audit\", \"version\": 1}") == .other(.datawall))
        #expect(content("{\n  \"format\": \"datawall-scan\",\n") == .other(.datawall))
        #expect(content("{\"format\": \"other\", \"text\": \"datawall-\"}") == .jsonLines)
    }

    @Test(
        "text of two or four bytes a character is known with and without a mark, in any script with blanks",
        arguments: ["{\"text\": \"one\"}\n", "Some words.\nAnd more.\n", "слова и ещё слова\nстрока", "語 と 言葉\n"])
    func wideText(text: String) {
        for (encoding, kind) in [
            (String.Encoding.utf16LittleEndian, SkipKind.utf16), (.utf16BigEndian, .utf16), (.utf16, .utf16),
            (.utf32LittleEndian, .utf32), (.utf32BigEndian, .utf32), (.utf32, .utf32),
        ] {
            #expect(content(Array(text.data(using: encoding) ?? Data())) == .other(kind), "\(encoding)")
        }
        #expect(content(text) == (text.hasPrefix("{") ? .jsonLines : .text))
    }

    @Test("zeros alone are no wide text, and neither are small ids, nor UTF-8 with a zero in it")
    func zeros() {
        #expect(content("\0/slashes//cafe\u{301} ") == .unknown)
        // Names with a zero after each, as `find -print0` writes them; the head cuts the last one within a letter.
        let names = Array(String(repeating: "données.txt\0", count: 500).utf8)
        #expect(names[4 + FileHead.length] == names[5])
        #expect(content(Array(names.dropFirst(4))) == .unknown)
        #expect(content([UInt8](repeating: 0, count: 64)) == .unknown)
        #expect(content(Array("{\"text\": \"a\"}\n".utf8) + [UInt8](repeating: 0, count: 64)) == .jsonLines)
        #expect(content([1, 0, 2, 0, 3, 0, 4, 0]) == .unknown)
        #expect(content([0x28, 0xB5, 0x00, 0x01]) == .unknown)
    }

    @Test("wide text has valid characters only: no numbers past the last code point, no surrogate by itself")
    func invalidWideText() {
        // The head of a PNG file of 90 bytes: one character in 22 would be a line end in UTF-32.
        let png: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0x0B,
        ]
        #expect(content(png) == .unknown)
        let words = Array("some words".utf8)
        #expect(content(words.flatMap { [$0, 0] } + [0x00, 0xDC] + words.flatMap { [$0, 0] }) == .unknown)
        #expect(content(words.flatMap { [$0, 0] } + [0x3D, 0xD8, 0x00, 0xDE]) == .other(.utf16))
        #expect(content(words.flatMap { [$0, 0] } + [0x3D, 0xD8]) == .other(.utf16))
        #expect(content(words.flatMap { [$0, 0, 0, 0] } + [0, 0, 0x11, 0]) == .unknown)
    }

    @Test("random bytes never trap, whatever they begin with", arguments: [3])
    func random(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let starts: [[UInt8]] = [
            [], [0x93] + Array("NUMPY".utf8), Array("BZh9".utf8), Array("ORC".utf8), Array("{\"".utf8), Array("[".utf8),
            [0x88, 0xD8, 0x34, 0x01, 1, 0, 0, 0],
        ]
        for _ in 0..<2_000 {
            let length = Int.random(in: 0..<80, using: &random)
            let tail = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = content((starts.randomElement(using: &random) ?? []) + tail)
        }
    }

    @Test("a file that datawall wrote holds one object; a record among others may have the same first key")
    func ownFiles() {
        func content(_ text: String) -> FileContent {
            FileContent(FileHead(content: Array(text.utf8), fileSize: text.utf8.count))
        }
        #expect(content("{\n  \"format\": \"datawall-audit\",\n  \"version\": 1\n}\n") == .other(.datawall))
        #expect(content("{\"format\":\"datawall-x\",\"text\":\"one\"}\n{\"text\":\"two\"}\n") == .jsonLines)
    }
}
