import Foundation

/// The meaning of an audit written down a second time, the plain way: dictionaries over fully parsed JSON.
struct AuditOracle {
    struct Copy {
        var source: Int
        var path: String
        var position: Int
        var quality: Double
    }

    let sources: [(name: String, weight: Double)]
    private(set) var copies: [[UInt8]: [Copy]] = [:]
    private(set) var documents = 0
    private(set) var emptyUnits = 0

    init(sources: [(name: String, weight: Double)]) { self.sources = sources }

    /// Adds a shard of JSON lines.
    mutating func add(lines: [String], source: String, path: String, scoreWeights: [Int: Double]?) throws {
        let place = sources.firstIndex { $0.name == source } ?? 0
        for (position, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            let text = object?["text"] as? String ?? ""
            let score = (object?["meta"] as? [String: Any])?["score"] as? Int ?? 0
            documents += 1
            if text.isEmpty {
                emptyUnits += 1
            } else {
                copies[Array(text.utf8), default: []].append(
                    Copy(source: place, path: path, position: position, quality: scoreWeights?[score] ?? 1))
            }
        }
    }

    /// The exact estimate for a text: a quarter of its bytes.
    static func tokens(_ text: [UInt8]) -> Double { Double(text.count) / 4 }

    /// The copy that represents a text.
    func owner(_ copies: [Copy]) -> Copy {
        copies.min { left, right in
            let leftWeight = left.quality * sources[left.source].weight
            let rightWeight = right.quality * sources[right.source].weight
            if leftWeight != rightWeight { return leftWeight > rightWeight }
            if left.source != right.source { return left.source < right.source }
            return (left.path, left.position) < (right.path, right.position)
        } ?? copies[0]
    }

    var uniqueTokens: Double { copies.keys.reduce(0) { $0 + Self.tokens($1) } }
    var tokens: Double { copies.reduce(0) { $0 + Self.tokens($1.key) * Double($1.value.count) } }
    var bytes: Int { copies.reduce(0) { $0 + $1.key.count * $1.value.count } }

    func ownedTokens(_ source: Int) -> Double {
        copies.reduce(0) { owner($1.value).source == source ? $0 + Self.tokens($1.key) : $0 }
    }

    func exclusiveTokens(_ source: Int) -> Double {
        copies.reduce(0) { sum, entry in
            entry.value.allSatisfy { $0.source == source } ? sum + Self.tokens(entry.key) : sum
        }
    }

    func tokens(_ source: Int) -> Double {
        copies.reduce(0) { sum, entry in
            sum + Self.tokens(entry.key) * Double(entry.value.count { $0.source == source })
        }
    }

    func uniqueTokens(_ source: Int) -> Double {
        copies.reduce(0) { sum, entry in
            entry.value.contains { $0.source == source } ? sum + Self.tokens(entry.key) : sum
        }
    }

    /// Unique tokens times the best quality a source has of each text.
    func weightedUniqueTokens(_ source: Int) -> Double {
        copies.reduce(0) { sum, entry in
            let best = entry.value.filter { $0.source == source }.map(\.quality).max()
            return sum + (best ?? 0) * sources[source].weight * Self.tokens(entry.key)
        }
    }

    var weightedUniqueTokens: Double {
        copies.reduce(0) { sum, entry in
            let owner = owner(entry.value)
            return sum + owner.quality * sources[owner.source].weight * Self.tokens(entry.key)
        }
    }

    func overlap(_ first: Int, _ second: Int) -> (units: Int, tokens: Double) {
        copies.reduce((0, 0)) { sum, entry in
            let isShared = entry.value.contains { $0.source == first } && entry.value.contains { $0.source == second }
            return isShared ? (sum.0 + 1, sum.1 + Self.tokens(entry.key)) : sum
        }
    }

    /// Distinct units with a number of occurrences in a range.
    func copies(from: Int, to: Int, source: Int? = nil) -> (units: Int, tokens: Double, occurrences: Int) {
        copies.reduce((0, 0, 0)) { sum, entry in
            let count = entry.value.count { source == nil || $0.source == source }
            guard count >= from, count <= to, count > 0 else { return sum }
            return (sum.0 + 1, sum.1 + Self.tokens(entry.key), sum.2 + count)
        }
    }
}
