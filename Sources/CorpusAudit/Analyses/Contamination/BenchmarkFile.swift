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
        var place: Place
    }

    /// A line of a file.
    struct Place: CustomStringConvertible {
        let path: String
        let line: Int

        var description: String { "\(path), line \(line)" }
    }

    /// The longest line.
    static let mostBytes = 16 << 20

    /// The files of a folder by their names, sorted.
    ///
    /// - Throws: ``BenchmarkSets/Failure`` for a folder without sets.
    static func names(in folder: String) throws -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
                .sorted()
        } catch {
            throw BenchmarkSets.Failure(description: "\(folder) is no folder of evaluation sets that can be read")
        }
        guard !names.isEmpty else {
            throw BenchmarkSets.Failure(
                description: "\(folder) holds no evaluation set: a set is a file *.jsonl, a line for each item")
        }
        return names
    }

    /// Reads the items of a folder, file by file in the order of their names.
    ///
    /// - Throws: ``BenchmarkSets/Failure`` for a folder without sets, a set without items, and a line that is no item.
    static func forEachItem(in folder: String, _ body: (Item) throws -> Void) throws {
        for file in try names(in: folder) {
            let path = "\(folder)/\(file)"
            let set = String(file.dropLast(6))
            var isEmpty = true
            try forEachLine(of: path) { number, line in
                isEmpty = false
                try body(item(line, set: set, at: Place(path: path, line: number)))
            }
            guard !isEmpty else {
                throw BenchmarkSets.Failure(description: "\(path) has no items: drop it, or fill it")
            }
        }
    }

    /// Bytes that are read at a time.
    private static let bytesAtOnce = 1 << 20

    /// Hands over the lines of a file that are not empty, without their ends.
    private static func forEachLine(of path: String, _ body: (Int, UnsafeBufferPointer<UInt8>) throws -> Void) throws {
        var (number, offset) = (0, 0)
        // What was read and not handed over yet: the beginning of a line.
        var rest: [UInt8] = []
        func handOver(_ line: UnsafeBufferPointer<UInt8>) throws {
            number += 1
            guard line.count <= mostBytes else {
                throw BenchmarkSets.Failure(
                    description: "\(path), line \(number) has more than \(mostBytes) bytes: an item is a line of its "
                        + "own; divide it into several")
            }
            let end = line.last == 0x0D ? line.count - 1 : line.count
            if end > 0 { try body(number, UnsafeBufferPointer(rebasing: line[..<end])) }
        }
        var isAtEnd = false
        while !isAtEnd {
            let bytes = try read(path, at: offset)
            offset += bytes.count
            isAtEnd = bytes.isEmpty
            let searched = rest.count
            rest += bytes
            let done = try rest.withUnsafeBufferPointer { buffer in
                var (start, next) = (0, searched)
                while let end = buffer[next...].firstIndex(of: 0x0A) {
                    try handOver(UnsafeBufferPointer(rebasing: buffer[start..<end]))
                    (start, next) = (end + 1, end + 1)
                }
                guard start < buffer.count, isAtEnd || buffer.count - start > mostBytes else { return start }
                try handOver(UnsafeBufferPointer(rebasing: buffer[start...]))
                return buffer.count
            }
            rest.removeFirst(done)
        }
    }

    /// The next bytes of a file; none at its end.
    private static func read(_ path: String, at offset: Int) throws -> [UInt8] {
        do throws(RunError) {
            let file = try SystemFile(reading: path)
            return try file.read(max(0, min(bytesAtOnce, file.size - offset)), at: offset)
        } catch {
            throw BenchmarkSets.Failure(description: "\(path) cannot be read")
        }
    }

    private static func item(_ line: UnsafeBufferPointer<UInt8>, set: String, at place: Place) throws -> Item {
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
