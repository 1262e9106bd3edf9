import Foundation

/// The turns of phrase that a reader whose third language is English has to decode.
///
/// `dialect.txt` has a regular expression a line; `make words` counts them in comments.
struct Dialect {
    /// A place with such a phrase.
    struct Finding: CustomStringConvertible {
        var place: String
        var phrase: String
        var description: String { "\(place): \(phrase)" }
    }

    private let patterns: [NSRegularExpression]

    init() throws {
        let file = PackageFolder.tests("DataWallCommandTests").appending(path: "Words/dialect.txt")
        patterns = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { try NSRegularExpression(pattern: String($0), options: [.anchorsMatchLines]) }
    }

    /// The phrases in a text.
    func findings(in text: String, at place: String) -> [Finding] {
        let whole = NSRange(text.startIndex..., in: text)
        return patterns.flatMap { pattern in
            pattern.matches(in: text, range: whole).compactMap { match in
                Range(match.range, in: text).map { Finding(place: place, phrase: String(text[$0])) }
            }
        }
    }
}

/// The string literals and the comments of a Swift file.
struct SwiftWords {
    /// Each literal with its line; interpolations are an ellipsis, and literals joined by `+` are one.
    private(set) var literals: [(line: Int, text: String)] = []
    /// The comments, without their marks and the blanks after them.
    private(set) var comments: [String] = []

    private static let (hash, quote, backslash, slash, newline, blank) = (
        UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "\n"),
        UInt8(ascii: " ")
    )

    private let source: [UInt8]
    private var place = 0
    private var line = 1

    init(_ text: String) {
        source = Array(text.utf8)
        var joins = false
        while place < source.count {
            let byte = source[place]
            if byte == Self.hash, next == Self.quote {
                literals.append((line, readRaw(from: "\"", to: "\"#")))
            } else if byte == Self.hash, next == Self.slash {
                _ = readRaw(from: "/", to: "/#")
            } else if byte == Self.quote {
                let first = line
                let text = readLiteral()
                if joins, let last = literals.indices.last {
                    literals[last].text += text
                } else {
                    literals.append((first, text))
                }
                joins = isJoined
            } else if byte == Self.slash, next == Self.slash {
                let start = place
                while place < source.count, source[place] != Self.newline { place += 1 }
                let text = source[start..<place].drop { $0 == Self.slash }.drop { $0 == Self.blank }
                comments.append(String(decoding: text, as: UTF8.self))
            } else {
                step()
            }
        }
    }

    private var next: UInt8? { place + 1 < source.count ? source[place + 1] : nil }

    /// Whether only a line end and a plus sign are before the next literal.
    private var isJoined: Bool {
        let rest = source[place...].prefix(80).drop { $0 == Self.blank || $0 == Self.newline }
        return rest.first == UInt8(ascii: "+") && rest.dropFirst().first { $0 != Self.blank } == Self.quote
    }

    private mutating func step() {
        if source[place] == Self.newline { line += 1 }
        place += 1
    }

    /// Reads a raw string or a regular expression, in which nothing is escaped.
    private mutating func readRaw(from open: String, to close: String) -> String {
        place += 1 + open.utf8.count
        let start = place
        while place < source.count, !source[place...].starts(with: close.utf8) { step() }
        let text = String(decoding: source[start..<place], as: UTF8.self)
        place = min(place + close.utf8.count, source.count)
        return text
    }

    private mutating func readLiteral() -> String {
        let isLong = source[place...].starts(with: [Self.quote, Self.quote, Self.quote])
        place += isLong ? 3 : 1
        var bytes: [UInt8] = []
        while place < source.count {
            let byte = source[place]
            if byte == Self.quote, !isLong || source[place...].starts(with: [Self.quote, Self.quote, Self.quote]) {
                break
            }
            if byte == Self.backslash, next == UInt8(ascii: "(") {
                skipInterpolation()
                bytes += "…".utf8
            } else if byte == Self.backslash, next == Self.newline {
                place += 1
                step()
                while place < source.count, source[place] == Self.blank { place += 1 }
            } else {
                if byte == Self.backslash { place += 1 }
                guard place < source.count else { break }
                bytes.append(source[place])
                step()
            }
        }
        place = min(place + (isLong ? 3 : 1), source.count)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipInterpolation() {
        place = min(place + 2, source.count)
        var depth = 1
        while place < source.count, depth > 0 {
            switch source[place] {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case Self.quote:
                place += 1
                while place < source.count, source[place] != Self.quote {
                    if source[place] == Self.backslash, next == UInt8(ascii: "(") {
                        skipInterpolation()
                    } else {
                        place = min(place + (source[place] == Self.backslash ? 2 : 1), source.count)
                    }
                }
            default: break
            }
            if place < source.count { step() }
        }
    }
}
