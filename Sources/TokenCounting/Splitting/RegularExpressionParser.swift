import UnicodeText

/// Reads the text of a regular expression.
struct RegularExpressionParser {
    private let codes: [Unicode.Scalar]
    private var position = 0
    private var depth = 0
    private var ignoresCase = false

    init(_ text: String) { codes = Array(text.unicodeScalars) }

    private var next: Unicode.Scalar? { position < codes.count ? codes[position] : nil }

    private func refuse(_ reason: String) -> RegularExpression.Refusal { .init(reason: reason) }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard codes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    mutating func parse() throws(RegularExpression.Refusal) -> RegularExpressionNode {
        let node = try alternatives()
        guard position == codes.count else { throw refuse("a bracket closes that none opened") }
        return node
    }

    private mutating func alternatives() throws(RegularExpression.Refusal) -> RegularExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw refuse("its groups are nested more than 64 deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(RegularExpression.Refusal) -> RegularExpressionNode {
        var parts: [RegularExpressionNode] = []
        while let code = next, code != "|", code != ")" {
            var part = try atom()
            var isRepeated = false
            while let (least, most, greed) = try quantifier() {
                guard !isRepeated else { throw refuse("one repetition directly repeats another") }
                isRepeated = true
                if most == .max || most > 16, part.repeatsForever || part.minimum == 0 {
                    throw refuse("a repetition inside a repetition is not supported")
                }
                if greed == .lazy { throw refuse("lazy repetition is not supported") }
                part = .repetition(part, least, most, greed)
            }
            parts.append(part)
        }
        if ignoresCase { try checkFolding(parts) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// Refuses letters side by side that one ligature also matches where case is ignored.
    private func checkFolding(_ parts: [RegularExpressionNode]) throws(RegularExpression.Refusal) {
        func letters(_ node: RegularExpressionNode) -> Set<Character> {
            guard case .set(let set) = node else { return [] }
            return Set(
                "sftnjhwya".filter { letter in
                    letter.asciiValue.map { value in set.ranges.contains { $0.contains(Int(value)) } } ?? false
                })
        }
        for (left, right) in zip(parts, parts.dropFirst()) {
            for pair in ["ss", "st", "ff", "fi", "fl"] {
                guard let first = pair.first, let second = pair.last else { continue }
                if letters(left).contains(first), letters(right).contains(second) || "il".contains(second) {
                    throw refuse("the letters of a ligature without regard to case are not supported")
                }
            }
        }
    }

    private mutating func quantifier() throws(RegularExpression.Refusal) -> (Int, Int, RegularExpressionNode.Greed)? {
        var least = 0
        var most = Int.max
        let start = position
        if take("*") {
        } else if take("+") {
            least = 1
        } else if take("?") {
            most = 1
        } else if take("{") {
            guard let first = number() else {
                position = start
                return nil
            }
            least = first
            most = first
            if take(",") { most = number() ?? .max }
            guard take("}"), least <= most, least <= 1_000, most == .max || most <= 1_000 else {
                throw refuse("a count in braces is not understood")
            }
            // In this dialect a plus does not make the count possessive, but repeats it: one or more times, or any
            // number of times.
            if take("+") {
                guard least <= 1 else { throw refuse("a plus behind a count in braces is not supported") }
                return (least, .max, .greedy)
            }
            return take("?") ? (least, most, .lazy) : (least, most, .greedy)
        } else {
            return nil
        }
        if take("+") { return (least, most, .possessive) }
        return take("?") ? (least, most, .lazy) : (least, most, .greedy)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let code = next, ("0"..."9").contains(code), (value ?? 0) < 100_000 {
            value = (value ?? 0) * 10 + Int(code.value - 48)
            position += 1
        }
        return value
    }

    private mutating func atom() throws(RegularExpression.Refusal) -> RegularExpressionNode {
        guard let code = next else { throw refuse("it ends too soon") }
        position += 1
        switch code {
        case "(": return try group()
        case "[": return .set(try bracket())
        case ".":
            var set = CharacterClass(ranges: [0x0A...0x0A])
            set.isNegated = true
            return .set(set)
        case "^": return .lineStart
        case "$": return .lineEnd
        case "*", "+", "?": throw refuse("a repetition has nothing to repeat")
        case "\\":
            if take("A") { return .textStart }
            if take("z") { return .textEnd }
            return .set(folded(try escape()))
        default:
            guard !ignoresCase || code.value < 0x80 else {
                throw refuse("letters beyond ASCII without regard to case are not supported")
            }
            return .set(folded(CharacterClass(ranges: [Int(code.value)...Int(code.value)])))
        }
    }

    private func folded(_ set: CharacterClass) -> CharacterClass {
        guard ignoresCase else { return set }
        var set = set
        set.foldCase()
        return set
    }

    private mutating func group() throws(RegularExpression.Refusal) -> RegularExpressionNode {
        let outer = ignoresCase
        defer { ignoresCase = outer }
        let wrap: (RegularExpressionNode) -> RegularExpressionNode
        if take("?=") {
            wrap = { .look($0, negated: false) }
        } else if take("?!") {
            wrap = { .look($0, negated: true) }
        } else if take("?>") {
            wrap = { .atomic($0) }
        } else {
            if take("?i:") {
                ignoresCase = true
            } else if !take("?:"), next == "?" {
                throw refuse(
                    "the group (?\(position + 1 < codes.count ? String(Character(codes[position + 1])) : "") is not supported"
                )
            }
            wrap = { $0 }
        }
        let node = try alternatives()
        guard take(")") else { throw refuse("a group does not end") }
        return wrap(node)
    }

    /// The class of an escape whose backslash was read.
    private mutating func escape(inBrackets: Bool = false) throws(RegularExpression.Refusal) -> CharacterClass {
        guard let code = next else { throw refuse("it ends with a backslash") }
        position += 1
        func one(_ code: Int) -> CharacterClass { CharacterClass(ranges: [code...code]) }
        func negated(_ set: CharacterClass) -> CharacterClass {
            var set = set
            set.isNegated.toggle()
            return set
        }
        switch code {
        case "n": return one(0x0A)
        case "r": return one(0x0D)
        case "t": return one(0x09)
        case "f": return one(0x0C)
        case "v": return one(0x0B)
        case "s": return .space
        case "S": return negated(.space)
        case "d": return .digit
        case "D": return negated(.digit)
        case "w": return inBrackets ? .bracketedWord : .word
        case "W": return negated(inBrackets ? .bracketedWord : .word)
        case "p", "P":
            guard take("{") else { throw refuse("a property without braces is not supported") }
            let isNegated = take("^") != (code == "P")
            var name = ""
            while let letter = next, letter != "}" {
                name.unicodeScalars.append(letter)
                position += 1
            }
            guard take("}") else { throw refuse("a property does not end") }
            let mask = name.count <= 2 ? GeneralCategory.mask(name) : 0
            guard mask != 0 || name == "Han" else {
                throw refuse("the property \(name) is not supported")
            }
            let set = name == "Han" ? CharacterClass.han : CharacterClass(categories: mask)
            return isNegated ? negated(set) : set
        case "u", "x":
            let braced = code == "x" && take("{")
            var value = 0
            var digits = 0
            while let digit = next.flatMap({ Character($0).hexDigitValue }), digits < (braced ? 8 : code == "u" ? 4 : 2)
            {
                value = value * 16 + digit
                digits += 1
                position += 1
            }
            guard digits == 4 || (code == "x" && digits > 0), !braced || take("}"), value < 0x110000,
                braced || code == "u" || value < 0x80
            else { throw refuse("a code point in hexadecimal is not understood") }
            return one(value)
        default:
            let value = Int(code.value)
            let isPlain = value >= 0x80 || !(Character(code).isLetter || Character(code).isNumber)
            guard isPlain else { throw refuse("the escape \\\(Character(code)) is not supported") }
            return one(value)
        }
    }

    /// The class in brackets; the opening bracket has been read.
    private mutating func bracket() throws(RegularExpression.Refusal) -> CharacterClass {
        depth += 1
        defer { depth -= 1 }
        guard depth < 64 else { throw refuse("its classes are nested more than 64 deep") }
        var set = CharacterClass()
        set.isNegated = take("^")
        var isFirst = true
        while let code = next, isFirst || code != "]" {
            if isFirst, code == "]" { throw refuse("a class begins with a closing bracket") }
            isFirst = false
            position += 1
            if code == "[" {
                if next == ":" { throw refuse("POSIX classes are not supported") }
                set.add(try bracket())
                continue
            }
            if code == "&", next == "&" { throw refuse("the intersection of classes is not supported") }
            let item =
                code == "\\"
                ? try escape(inBrackets: true) : CharacterClass(ranges: [Int(code.value)...Int(code.value)])
            // A hyphen at either end, or after a class, is a literal.
            guard next == "-", position + 1 < codes.count, codes[position + 1] != "]", let first = single(item) else {
                set.add(folded(item))
                continue
            }
            position += 1
            guard let end = next, end != "[" else { throw refuse("a range does not end") }
            position += 1
            let last = end == "\\" ? try escape() : CharacterClass(ranges: [Int(end.value)...Int(end.value)])
            guard let to = single(last), first <= to else { throw refuse("a range is not understood") }
            set.add(folded(CharacterClass(ranges: [first...to])))
        }
        guard take("]") else { throw refuse("a class does not end") }
        if ignoresCase,
            set.ranges.contains(where: { $0.upperBound >= 0x80 && $0 != 0x17F...0x17F && $0 != 0x212A...0x212A })
        {
            throw refuse("letters beyond ASCII without regard to case are not supported")
        }
        return set
    }

    private func single(_ set: CharacterClass) -> Int? {
        guard set.ranges.count == 1, set.ranges[0].count == 1, set.categories == 0, set.inner.isEmpty, !set.isNegated
        else { return nil }
        return set.ranges[0].lowerBound
    }
}
