/// Byte-pair merging as it is defined, to hold the fast ways against.
enum PlainMerging {
    /// A vocabulary of all bytes and of tokens that merging random pairs makes, first of some pieces, in that order.
    static func vocabulary(_ generator: inout SeededGenerator, _ pieces: [[UInt8]], tokens: Int) -> [[UInt8]] {
        var vocabulary = (UInt8.min...UInt8.max).map { [$0] }
        var made = pieces
        var seen = Set(vocabulary)
        while vocabulary.count < 256 + tokens {
            let token = (made.randomElement(using: &generator) ?? []) + (made.randomElement(using: &generator) ?? [])
            if token.count <= 24, seen.insert(token).inserted {
                vocabulary.append(token)
                made.append(token)
            }
        }
        return vocabulary
    }

    /// Merges by the definition: the pair of lowest rank, the leftmost of equals, until there is none.
    static func count(_ text: [UInt8], _ ranks: [[UInt8]: Int], whole: Bool) -> Int {
        if whole, ranks[text] != nil { return 1 }
        var parts = text.map { [$0] }
        while true {
            var best: (rank: Int, at: Int)?
            for at in parts.indices.dropLast() {
                if let rank = ranks[parts[at] + parts[at + 1]], rank < best?.rank ?? .max { best = (rank, at) }
            }
            guard let at = best?.at else { return parts.count }
            parts[at] += parts.remove(at: at + 1)
        }
    }
}
