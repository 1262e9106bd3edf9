import Glibc
import TokenCounting

/// Counts the tokens of a file of documents.
///
///     count-tokens counts VOCABULARY[=PATTERN] DOCUMENTS          one count a line, one line a document
///     count-tokens time VOCABULARY[=PATTERN] DOCUMENTS [PASSES]   MB/s of each pass of one session, on one line
///     count-tokens memory VOCABULARY[=PATTERN] DOCUMENTS…         MiB resident at first, as read, at the end, at most
///
/// DOCUMENTS is a file of documents, each preceded by its length in bytes as 32 bits, little-endian.
@main
struct CountTokens {
    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, ["counts", "time", "memory"].contains(arguments[1]) else {
            print("usage: count-tokens counts|time VOCABULARY[=PATTERN] DOCUMENTS [PASSES]")
            exit(64)
        }
        let named = arguments[2].split(separator: "=", maxSplits: 1).map(String.init)
        let start = seconds()
        let atFirst = resident().now
        do {
            let counter = try VocabularyCounter(
                file: named[0], pattern: named.count > 1 ? PretokenPattern(rawValue: named[1]) : nil)
            let loading = seconds() - start
            if arguments[1] == "memory" {
                let asRead = resident().now
                let session = counter.makeSession()
                var tokens = 0
                for path in arguments[3...] { tokens += streamed(session, path) }
                let end = resident()
                print("tokens \(tokens) first \(atFirst) read \(asRead) end \(end.now) most \(end.most)")
                return
            }
            let data = readAll(arguments[3])
            let ranges = documents(of: data)
            let session = counter.makeSession()
            if arguments[1] == "counts" {
                let counts = pass(session, data, ranges)
                print(counts.map { "\($0)\n" }.joined(), terminator: "")
                return
            }
            let bytes = ranges.map(\.count).reduce(0, +)
            var speeds: [String] = []
            var total = 0
            for _ in 0..<(arguments.count > 4 ? Int(arguments[4]) ?? 2 : 2) {
                let before = seconds()
                let counts = pass(session, data, ranges)
                speeds.append("\(Double(Int(Double(bytes) / (seconds() - before) / 1e5)) / 10)")
                total = counts.reduce(0) { $0 + Int($1) }
            }
            print("tokens \(total) bytes \(bytes) load_ms \(Int(loading * 1000)) MB/s \(speeds.joined(separator: " "))")
        } catch {
            print("\(error)")
            exit(65)
        }
    }

    static func pass(_ session: any TokenCountingSession, _ data: [UInt8], _ ranges: [Range<Int>]) -> [UInt32] {
        var counts = [UInt32](repeating: 0, count: ranges.count)
        var span = counts.mutableSpan
        for (index, range) in ranges.enumerated() {
            let ends: InlineArray<1, Int> = [range.count]
            var one = span._mutatingExtracting(index..<index + 1)
            session.count(data.span.extracting(range), unitEnds: ends.span, into: &one)
        }
        return counts
    }

    /// Counts a file a document at a time, holding one.
    static func streamed(_ session: any TokenCountingSession, _ path: String) -> Int {
        guard let file = fopen(path, "rb") else { return 0 }
        defer { fclose(file) }
        var document: [UInt8] = []
        var tokens = 0
        var length: UInt32 = 0
        while fread(&length, 4, 1, file) == 1 {
            let size = Int(length)
            document = [UInt8](repeating: 0, count: size)
            guard document.withUnsafeMutableBytes({ fread($0.baseAddress, 1, size, file) }) == size else { break }
            tokens += pass(session, document, [0..<size]).reduce(0) { $0 + Int($1) }
        }
        return tokens
    }

    /// MiB resident now and at most so far, from /proc/self/status.
    static func resident() -> (now: Int, most: Int) {
        guard let file = fopen("/proc/self/status", "rb") else { return (0, 0) }
        defer { fclose(file) }
        var text = [CChar](repeating: 0, count: 8_192)
        let count = fread(&text, 1, text.count - 1, file)
        let lines = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: "\n")
        func kibibytes(_ name: String) -> Int {
            lines.first { $0.hasPrefix(name) }.flatMap { Int($0.filter(\.isNumber)) } ?? 0
        }
        return (kibibytes("VmRSS:") / 1_024, kibibytes("VmHWM:") / 1_024)
    }

    static func documents(of data: [UInt8]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = 0
        while offset + 4 <= data.count {
            let length = (0..<4).reduce(0) { $0 | Int(data[offset + $1]) << ($1 * 8) }
            ranges.append(offset + 4..<offset + 4 + length)
            offset += 4 + length
        }
        return ranges
    }

    static func readAll(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while true {
            let before = bytes.count
            bytes.append(contentsOf: repeatElement(0, count: 1 << 22))
            let got = bytes.withUnsafeMutableBytes { fread($0.baseAddress.map { $0 + before }, 1, 1 << 22, file) }
            bytes.removeLast((1 << 22) - got)
            if got == 0 { return bytes }
        }
    }

    static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
