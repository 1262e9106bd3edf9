/// Takes the text of a ``RowCondition`` apart.
struct RowConditionParser {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    /// Alternatives of conditions that hold together.
    mutating func alternatives() throws(RowCondition.SyntaxError) -> [[RowCondition.Term]] {
        var alternatives: [[RowCondition.Term]] = [[]]
        while true {
            alternatives[alternatives.count - 1].append(try term())
            if take("&&") || takeWord("and") { continue }
            guard take("||") || takeWord("or") else { break }
            alternatives.append([])
        }
        return alternatives
    }

    private mutating func term() throws(RowCondition.SyntaxError) -> RowCondition.Term {
        let (column, isNamed) = try word(until: "<>=!&|")
        guard isNamed || !["(", "not ", "not("].contains(where: column.lowercased().hasPrefix) else {
            throw failure(
                "'\(column)' begins with a parenthesis or not, which a condition does not know: write != for not, and "
                    + "a and c or b and c for (a or b) and c; a name like this needs quotes")
        }
        guard let comparison = RowCondition.Comparison.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            throw failure(column.isEmpty ? "a comparison is missing" : "'\(column)' is compared with nothing")
        }
        guard !column.isEmpty else { throw failure("a column is missing before '\(rest)'") }
        rest = rest.dropFirst(comparison.rawValue.count)
        let (value, isQuoted) = try word(until: "<>=!&|")
        guard isQuoted || !value.isEmpty else { throw failure("'\(column)' is compared with nothing") }
        guard
            rest.isEmpty || rest.hasPrefix("&&") || rest.hasPrefix("||") || startsWithWord("and")
                || startsWithWord("or")
        else {
            throw failure(
                "'\(rest)' does not join two conditions: && and || do, or the words and, or; signs in a word need quotes"
            )
        }
        let content = RowCondition.Content(value)
        guard content != .missing || !comparison.isOrder else {
            throw failure("'\(value)' has no order: compare it by = or !=")
        }
        return RowCondition.Term(column: column, comparison: comparison, value: value, content: content)
    }

    /// A word, in quotes or up to one of some characters, without blanks around it.
    private mutating func word(until ends: String) throws(RowCondition.SyntaxError) -> (text: String, isQuoted: Bool) {
        rest = rest.drop(while: \.isWhitespace)
        if let quote = rest.first, quote == "\"" || quote == "'" {
            let content = rest.dropFirst()
            guard let end = content.firstIndex(of: quote) else { throw failure("a quote does not end, in '\(rest)'") }
            rest = content[content.index(after: end)...].drop(while: \.isWhitespace)
            return (String(content[..<end]), true)
        }
        var word = rest.prefix { !ends.contains($0) }
        // `and` and `or` between blanks join conditions, so a word that contains them needs quotes.
        for join in [" and ", " or "] {
            if let found = word.firstRange(of: join) {
                word = word[..<word.index(after: found.lowerBound)]
            } else if word.hasSuffix(join.dropLast()), word.endIndex == rest.endIndex {
                word = word.dropLast(join.count - 2)
            }
        }
        rest = rest[word.endIndex...]
        while word.last?.isWhitespace == true { word.removeLast() }
        return (String(word), false)
    }

    private mutating func take(_ sign: String) -> Bool {
        guard rest.hasPrefix(sign) else { return false }
        rest = rest.dropFirst(sign.count)
        return true
    }

    /// Whether a word that joins conditions comes next, followed by a blank or nothing.
    private func startsWithWord(_ word: String) -> Bool {
        rest.hasPrefix(word) && rest.dropFirst(word.count).first?.isWhitespace != false
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard startsWithWord(word) else { return false }
        rest = rest.dropFirst(word.count)
        return true
    }

    private func failure(_ reason: String) -> RowCondition.SyntaxError {
        RowCondition.SyntaxError(reason: reason)
    }
}
