import TokenCounting

/// Counts one token for each byte of a kind, and one for each unit: an exact counter whose answers are plain to see.
struct ByteKindCounter: TokenCounter {
    let name: String
    let counted: UInt8

    init(_ name: String = "spaces", counting counted: UInt8 = 0x20) {
        self.name = name
        self.counted = counted
    }

    var identity: TokenizerIdentity {
        TokenizerIdentity(
            name: name, sha256: String(repeating: "0", count: 64), isCertified: true, isEstimate: false,
            policy: TokenizationPolicy())
    }

    func makeSession() -> any TokenCountingSession { Session(counted: counted) }

    private final class Session: TokenCountingSession {
        let counted: UInt8

        init(counted: UInt8) { self.counted = counted }

        func count(_ document: Span<UInt8>, unitEnds: Span<Int>, into counts: inout MutableSpan<UInt32>) {
            var start = 0
            for unit in unitEnds.indices {
                var count: UInt32 = unitEnds[unit] > start ? 1 : 0
                for index in start..<unitEnds[unit] where document[index] == counted { count += 1 }
                counts[unit] = count
                start = unitEnds[unit]
            }
        }
    }
}
