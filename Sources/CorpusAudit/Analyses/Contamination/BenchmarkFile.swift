import Foundation
import OrderedJSON
import UnicodeText

/// The files of evaluation sets: lines of JSON.
enum BenchmarkFile {
    /// An item as it is in a file.
    struct Item {
        var set: String
        var id: String
        /// The text, or the question and the answer on lines of their own.
        var text: String
        /// Where it is, for messages.
        var place: String
    }

    /// The longest line.
    static let mostBytes = 16 << 20

    /// Reads the items of a folder, file by file in the order of their names.
    ///
    /// - Throws: ``BenchmarkSets/Failure`` for a folder without sets, a set without items, and a line that is no item.
    static func forEachItem(in folder: String, _ body: (Item) throws -> Void) throws {
        var files: [String]
        do {
            files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
                .sorted()
        } catch {
            throw BenchmarkSets.Failure(description: "\(folder) is no folder of evaluation sets that can be read")
        }
        guard !files.isEmpty else {
            throw BenchmarkSets.Failure(
                description: "\(folder) holds no evaluation set: a set is a file *.jsonl, a line for each item")
        }
        for file in files {
            let path = "\(folder)/\(file)"
            var isEmpty = true
            try forEachLine(of: path) { number, line in
                isEmpty = false
                try body(item(line, set: String(file.dropLast(6)), at: "\(path), line \(number)"))
            }
            guard !isEmpty else {
                throw BenchmarkSets.Failure(description: "\(path) has no items: drop it, or fill it")
            }
        }
    }

    /// Hands over the lines of a file that are not empty, without their ends.
    private static func forEachLine(of path: String, _ body: (Int, UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        let data: Data
        do { data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped) } catch {
            throw BenchmarkSets.Failure(description: "\(path) cannot be read")
        }
        try data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
            let bytes = bytes.bindMemory(to: UInt8.self)
            var (start, number) = (0, 0)
            while start < bytes.count {
                number += 1
                let rest = UnsafeBufferPointer(rebasing: bytes[start...])
                let length = rest.firstIndex(of: 0x0A) ?? rest.count
                start += length + 1
                guard length <= mostBytes else {
                    throw BenchmarkSets.Failure(
                        description: "\(path), line \(number) has \(length) bytes, more than \(mostBytes): an item is "
                            + "a line of its own; divide it into several")
                }
                let end = length > 0 && rest[length - 1] == 0x0D ? length - 1 : length
                if end > 0 { try body(number, UnsafeBufferPointer(rebasing: rest[..<end])) }
            }
        }
    }

    private static func item(_ line: UnsafeBufferPointer<UInt8>, set: String, at place: String) throws -> Item {
        if let fault = UTF8Check.firstFault(line) {
            throw BenchmarkSets.Failure(
                description: "\(place) is not UTF-8 from byte \(fault) on: convert the file to UTF-8")
        }
        let json: JSONValue
        do { json = try JSONValue(parsing: Array(line)) } catch {
            throw BenchmarkSets.Failure(description: "\(place) is no JSON: \(error)")
        }
        func text(_ key: String) throws -> String? {
            switch json[key] {
            case nil, .null?: return nil
            case .string(let text)?: return text
            case .integer(let number)? where key == "id": return "\(number)"
            default: throw BenchmarkSets.Failure(description: "\(place): \(key) must be a string")
            }
        }
        guard let id = try text("id") else { throw BenchmarkSets.Failure(description: "\(place) has no id") }
        let named = try text("set").flatMap { $0.isEmpty ? nil : $0 } ?? set
        if let text = try text("text") { return Item(set: named, id: id, text: text, place: place) }
        guard let question = try text("question") else {
            throw BenchmarkSets.Failure(description: "\(place) has neither text nor question")
        }
        let answer = try text("answer").map { "\n" + $0 } ?? ""
        return Item(set: named, id: id, text: question + answer, place: place)
    }
}
