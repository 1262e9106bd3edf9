/// The method that finds near duplicates, and its numbers.
///
/// The numbers never change under one name: audits that name the same method are comparable. See
/// `Sources/CorpusAudit/CorpusAudit.docc/Guides/FindNearDuplicates.md`.
public enum NearMethod {
    /// The name: MinHash, 14 bands of 8 minima, shingles of 5 words.
    public static let name = "minhash/14x8/w5"
    /// The bands of a signature.
    public static let bands = 14
    /// The minima of a band.
    public static let rows = 8
    /// The minima of a signature.
    public static let minima = bands * rows
    /// The numbers of shared bands that are reported.
    public static let reportedThresholds = 1...5
    /// The default number of shared bands that make a document a near copy.
    public static let defaultThreshold = 3
    /// The number of members of a bucket that each other member is compared with; these have the highest priority.
    public static let comparedMembers = 32

    /// The chance that two texts of a similarity share at least that many bands.
    ///
    /// - Parameters:
    ///   - similarity: The Jaccard similarity of the texts' shingles, from 0 to 1.
    ///   - threshold: The number of shared bands, from 1 to ``bands``.
    /// - Returns: The chance, from 0 to 1.
    public static func recall(atSimilarity similarity: Double, threshold: Int) -> Double {
        // Products rather than powers: the same bits on every machine.
        let square = similarity * similarity
        let band = square * square * (square * square)
        var chance = 0.0
        var ways = 1.0
        for shared in 0...bands {
            if shared >= threshold {
                var term = ways
                for _ in 0..<shared { term *= band }
                for _ in shared..<bands { term *= 1 - band }
                chance += term
            }
            ways = ways * Double(bands - shared) / Double(shared + 1)
        }
        return chance
    }
}
