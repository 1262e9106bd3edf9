/// The known names that someone who typed `name` most likely meant, nearest first.
///
/// - Parameters:
///   - name: The name as typed.
///   - known: The names to choose from.
///   - limit: How many to return at most.
/// - Returns: Names within a third of the typed length in edits, or that begin with the name as typed.
/// - Complexity: O(*n*·*m*²) for *n* names of *m* characters.
public func nearestNames(to name: String, among known: [String], limit: Int = 3) -> [String] {
    let typed = Array(name.lowercased())
    let allowed = typed.count < 3 ? 1 : Swift.max(2, typed.count / 3)
    let ranked: [(distance: Int, position: Int, name: String)] = known.enumerated().compactMap { position, candidate in
        let letters = Array(candidate.lowercased())
        let isPrefix =
            Swift.min(typed.count, letters.count) >= 3 && (letters.starts(with: typed) || typed.starts(with: letters))
        let distance = isPrefix ? 1 : editDistance(typed, letters)
        return distance <= allowed ? (distance, position, candidate) : nil
    }
    let sorted = ranked.sorted { ($0.distance, $0.position) < ($1.distance, $1.position) }
    return sorted.prefix(limit).map(\.name)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into another.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
    if first.isEmpty || second.isEmpty { return Swift.max(first.count, second.count) }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in 1...first.count {
        var row = [i]
        for j in 1...second.count {
            let replaced = last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
            var best = Swift.min(replaced, last[j] + 1, row[j - 1] + 1)
            if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
                best = Swift.min(best, beforeLast[j - 2] + 1)
            }
            row.append(best)
        }
        beforeLast = last
        last = row
    }
    return last[second.count]
}
