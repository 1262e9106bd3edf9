/// Reads tiktoken's rank files: a token in base64, a space and its rank on each line.
enum RankFileReader {
    /// The tokens by rank.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - path: Its path, for errors.
    ///   - allowsGaps: Whether ranks may be missing; only for files known by their digest.
    /// - Returns: The tokens in the file's order, and the rank of each.
    /// - Throws: ``TokenCountingError/unusableVocabulary(path:line:reason:)`` naming the line, for anything that would
    ///   make a count wrong: bad base64, a rank or token twice, a missing rank, a byte without a token.
    static func read(
        _ bytes: [UInt8], path: String, allowsGaps: Bool
    ) throws(TokenCountingError) -> (tokens: [[UInt8]], ranks: [UInt32]) {
        var tokens: [[UInt8]] = []
        var ranks: [UInt32] = []
        var line = 0
        var start = 0
        func fault(_ line: Int?, _ reason: String) -> TokenCountingError {
            .unusableVocabulary(path: path, line: line, reason: reason)
        }
        // The line of each token. Ranks mostly ascend, and a rank above all others is new; the lines by rank are
        // computed only if one does not ascend.
        var lines: [Int] = []
        var linesByRank: [UInt32: Int]?
        var top: Int64 = -1
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var text = bytes[start..<end]
            start = end + 1
            if text.last == 0x0D { text.removeLast() }
            if text.isEmpty { continue }
            guard let gap = text.firstIndex(of: 0x20) else {
                throw fault(
                    line,
                    "a token in base64, a space and a rank are wanted; the line has no space"
                        + (end == bytes.count ? ", and the file ends with it: it may be cut off" : ""))
            }
            guard let token = Base64.decode(text[..<gap]), !token.isEmpty else {
                throw fault(line, "the token is not base64")
            }
            guard let rank = number(text[(gap + 1)...]) else {
                throw fault(line, "the rank is not a number below 2^31")
            }
            if Int64(rank) <= top {
                if linesByRank == nil {
                    linesByRank = Dictionary(zip(ranks, lines), uniquingKeysWith: { first, _ in first })
                }
                if let earlier = linesByRank?[rank] {
                    throw fault(line, "rank \(rank) is already that of line \(earlier)")
                }
            }
            linesByRank?[rank] = line
            top = max(top, Int64(rank))
            tokens.append(token)
            ranks.append(rank)
            lines.append(line)
        }
        guard !tokens.isEmpty else { throw fault(nil, "no token is in the file") }
        if bytes.last != 0x0A, !allowsGaps {
            throw fault(line, "the file ends within its last line: it may be cut off")
        }
        try check(tokens, line: { lines[$0] }, path: path)
        if !allowsGaps, top + 1 != Int64(ranks.count) {
            let present = Set(ranks)
            let missing = (0..<UInt32(top)).first { !present.contains($0) } ?? 0
            throw fault(nil, "rank \(missing) is missing, though ranks go up to \(top): the file may be damaged")
        }
        return (tokens, ranks)
    }

    /// Refuses equal tokens, and vocabularies that cannot encode every text.
    static func check(
        _ tokens: [[UInt8]], line: (Int) -> Int?, path: String
    ) throws(TokenCountingError) {
        // An open-addressing table of indices takes half the time of a dictionary, which every start has to spend.
        var size = 16
        while size < tokens.count * 2 { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        var bytes = [Bool](repeating: false, count: 256)
        for (index, token) in tokens.enumerated() {
            if token.count == 1 { bytes[Int(token[0])] = true }
            var hash = token.withUnsafeBufferPointer { text in
                text.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
            }
            hash ^= hash >> 32
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while slots[slot] >= 0, tokens[Int(slots[slot])] != token { slot = (slot + 1) & (size - 1) }
            if slots[slot] >= 0 {
                let earlier = Int(slots[slot])
                throw .unusableVocabulary(
                    path: path, line: line(index),
                    reason: "the token is already that of "
                        + (line(earlier).map { "line \($0)" } ?? "entry \(earlier)"))
            }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
        for byte in 0..<256 where !bytes[byte] {
            throw .unusableVocabulary(
                path: path, line: nil,
                reason: "there is no token for byte \(byte), so some text has no tokens: "
                    + "the file may be cut off")
        }
    }

    private static func number(_ text: ArraySlice<UInt8>) -> UInt32? {
        guard !text.isEmpty, text.count <= 10 else { return nil }
        var value: UInt64 = 0
        for digit in text {
            guard digit &- 0x30 < 10 else { return nil }
            value = value * 10 + UInt64(digit - 0x30)
        }
        return value < 1 << 31 ? UInt32(value) : nil
    }
}
