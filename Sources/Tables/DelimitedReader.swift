/// Takes the bytes of a table apart into cells, from front to back.
struct DelimitedReader {
    private let bytes: [UInt8]
    private let table: String
    private var separator = UInt8(ascii: ",")
    private var position = 0
    private var line = 1
    private(set) var comments = 0

    /// Finds the encoding and the start of the text from the first bytes.
    init(_ bytes: [UInt8], table: String) throws(TableError) {
        self.bytes = bytes
        self.table = table
        if let form = Self.foreignForm(of: bytes) {
            throw TableError(table: table, "is \(form): save it as CSV in UTF-8")
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let place = error.byteOffsets.lowerBound
            let line = 1 + bytes[..<place].count { $0 == Byte.lineFeed }
            throw TableError(
                table: table, line: line, "byte \(place + 1) of the file is not UTF-8: save it as CSV in UTF-8")
        }
    }

    /// The format of a file that is not UTF-8 text, by its first bytes.
    private static func foreignForm(of bytes: [UInt8]) -> String? {
        let signatures: [([UInt8], String)] = [
            ([0xFF, 0xFE, 0x00, 0x00], "UTF-32 text"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32 text"),
            ([0xFF, 0xFE], "UTF-16 text"), ([0xFE, 0xFF], "UTF-16 text"),
            (Array("PK\u{3}\u{4}".utf8), "a workbook or another zip archive"), (Array("PAR1".utf8), "a Parquet file"),
            ([0x1F, 0x8B], "compressed by gzip"), ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd"),
            ([0xD0, 0xCF, 0x11, 0xE0], "a workbook"),
        ]
        if let known = signatures.first(where: { bytes.starts(with: $0.0) }) { return known.1 }
        // UTF-16 without a byte order mark: every other byte of ASCII is NUL.
        let start = bytes.prefix(64)
        let evens = start.enumerated().count { $0.offset.isMultiple(of: 2) && $0.element == 0 }
        let odds = start.enumerated().count { !$0.offset.isMultiple(of: 2) && $0.element == 0 }
        if start.count >= 4, max(evens, odds) * 3 >= start.count { return "UTF-16 text" }
        return bytes.contains(0) ? "no text: it contains NUL bytes" : nil
    }

    // MARK: Header and rows

    /// The header: the first line that is neither a comment nor blank; empty if there is none.
    mutating func header() throws(TableError) -> [String] {
        skipCommentsAndBlankLines()
        if let declared = declaredSeparator() {
            separator = declared
            skipLine()
            skipCommentsAndBlankLines()
        } else {
            try guessSeparator()
        }
        guard position < bytes.count else { return [] }
        return try record().map(Self.trimmed)
    }

    /// The rows under the header.
    mutating func rows(under header: [String]) throws(TableError) -> [DelimitedTable.Row] {
        var rows: [DelimitedTable.Row] = []
        var number = 0
        while position < bytes.count {
            let start = line
            if bytes[position] == UInt8(ascii: "#") {
                try skipComment(columns: header.count)
                continue
            }
            let cells = try record()
            number += 1
            if cells.allSatisfy(\.isEmpty) { continue }
            guard cells.count == header.count else {
                throw TableError(
                    table: table, line: start,
                    "it has \(cells.count) \(cells.count == 1 ? "cell" : "cells") where the header has \(header.count) "
                        + "\(header.count == 1 ? "column" : "columns"); a cell with a separator in it needs quotes")
            }
            rows.append(DelimitedTable.Row(line: start, number: number, cells: cells))
        }
        return rows
    }

    private mutating func skipCommentsAndBlankLines() {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "#") {
                comments += 1
            } else if !bytes[position..<endOfLine].allSatisfy(Byte.isBlank) {
                return
            }
            skipLine()
        }
    }

    /// Skips a comment, unless it may be a row whose first cell begins with `#`.
    private mutating func skipComment(columns: Int) throws(TableError) {
        let text = bytes[(position + 1)..<endOfLine]
        let cells = 1 + text.count { $0 == separator }
        if columns > 1, cells == columns, let first = text.first, !Byte.isBlank(first), first != UInt8(ascii: "#") {
            throw TableError(
                table: table, line: line,
                "it begins with # like a comment and has as many cells as the header: put a blank behind the # to leave "
                    + "it out, or the first cell in quotes to read it")
        }
        comments += 1
        skipLine()
    }

    // MARK: Lines

    /// The end of the line at the position, without its line break.
    private var endOfLine: Int { bytes[position...].firstIndex(where: Byte.isLineBreak) ?? bytes.count }

    private mutating func skipLine() {
        position = endOfLine
        if position < bytes.count { skipLineBreak() }
    }

    private mutating func skipLineBreak() {
        let isCRLF =
            bytes[position] == Byte.carriageReturn && position + 1 < bytes.count
            && bytes[position + 1] == Byte.lineFeed
        position += isCRLF ? 2 : 1
        line += 1
    }

    // MARK: Separators

    private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), Byte.tab]

    /// The separator that a line `sep=;` names, as spreadsheets write it.
    private func declaredSeparator() -> UInt8? {
        let text = bytes[position..<endOfLine]
        guard text.count == 5, text.starts(with: Array("sep=".utf8)), let last = text.last else { return nil }
        return Self.separators.contains(last) ? last : nil
    }

    /// Takes the separator that the header has most of, outside quotes.
    private mutating func guessSeparator() throws(TableError) {
        var counts = [Int](repeating: 0, count: Self.separators.count)
        var isQuoted = false
        let text = bytes[position..<endOfLine]
        for byte in text {
            if byte == Byte.quote { isQuoted.toggle() }
            if !isQuoted, let index = Self.separators.firstIndex(of: byte) { counts[index] += 1 }
        }
        if let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) {
            separator = Self.separators[index]
            return
        }
        let others: [(UInt8, String)] = [
            (UInt8(ascii: "|"), "'|'"), (UInt8(ascii: ":"), "':'"), (UInt8(ascii: " "), "blanks"),
        ]
        let words = Self.trimmed(String(decoding: text, as: UTF8.self)).utf8
        if let (_, name) = others.first(where: { words.contains($0.0) }), words.first != Byte.quote {
            throw TableError(
                table: table, line: line,
                "the columns seem to be separated by \(name): separate them by commas, semicolons or tabs")
        }
    }

    // MARK: Cells

    /// The cells up to the end of the line that the last of them ends on.
    private mutating func record() throws(TableError) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell())
            guard position < bytes.count else { return cells }
            if bytes[position] == separator {
                position += 1
                continue
            }
            skipLineBreak()
            return cells
        }
    }

    /// A cell, up to its separator, line break or the end of the file.
    private mutating func cell() throws(TableError) -> String {
        skipBlanks()
        if position < bytes.count, bytes[position] == Byte.quote { return try quotedCell() }
        let separator = separator
        let end = bytes[position...].firstIndex { $0 == separator || Byte.isLineBreak($0) } ?? bytes.count
        defer { position = end }
        return Self.trimmed(String(decoding: bytes[position..<end], as: UTF8.self))
    }

    private mutating func quotedCell() throws(TableError) -> String {
        let (start, opening) = (line, position)
        position += 1
        var content: [UInt8] = []
        while true {
            guard let end = bytes[position...].firstIndex(where: { $0 == Byte.quote || Byte.isLineBreak($0) }) else {
                let text = String(decoding: bytes[opening...].prefix(20), as: UTF8.self).prefix { !$0.isNewline }
                throw TableError(table: table, line: start, "a quote does not end: the cell begins \(text)")
            }
            content += bytes[position..<end]
            position = end
            if bytes[end] != Byte.quote {
                skipLineBreak()
                content += bytes[end..<position]
                continue
            }
            position += 1
            guard position < bytes.count, bytes[position] == Byte.quote else { break }
            content.append(Byte.quote)
            position += 1
        }
        skipBlanks()
        guard position == bytes.count || bytes[position] == separator || Byte.isLineBreak(bytes[position]) else {
            throw TableError(
                table: table, line: line, "text follows a closing quote: a quote in a quoted cell is written twice")
        }
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] != separator, Byte.isBlank(bytes[position]) { position += 1 }
    }

    /// A text without blanks around it, including blanks of other scripts.
    private static func trimmed(_ text: String) -> String {
        let utf8 = text.utf8
        guard let first = utf8.first, let last = utf8.last, !(isInk(first) && isInk(last)) else { return text }
        let rest = text.drop(while: \.isWhitespace)
        return String(rest[..<(rest.lastIndex { !$0.isWhitespace }.map { rest.index(after: $0) } ?? rest.startIndex)])
    }

    /// Whether a byte is a visible character of ASCII.
    private static func isInk(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }
}

/// Bytes that a table is made of.
private enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let quote = UInt8(ascii: "\"")

    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == tab }
    static func isLineBreak(_ byte: UInt8) -> Bool { byte == lineFeed || byte == carriageReturn }
}
