/// Reads formulas as people write them.
///
/// ```
/// sum      = product { ("+" | "−") product }
/// product  = signed { ("*" | "·" | "/") signed }
/// signed   = { "+" | "-" } power
/// power    = atom [ ("^" | "**") exponent ]            binds to the right: a^b^c = a^(b^c)
/// exponent = { "+" | "-" } power
/// atom     = number | name | function "(" sum { "," sum } ")" | "(" sum ")"
/// ```
struct FormulaParser {
    /// Characters a formula may have; far more than any law needs, and it bounds the parser's recursion with `maximumNesting`.
    static let maximumLength = 20_000
    static let maximumNesting = 200

    static let functions: [String: Int] = [
        "log": 1, "exp": 1, "sqrt": 1, "min": 2, "max": 2, "pos": 1, "pow": 2,
    ]
    static let symbols: [String: RunSymbol] = [
        "N": .parameters, "D": .tokens, "U": .uniqueTokens, "R": .repetitions, "C": .compute, "r": .epochs,
    ]

    private let text: String
    private let characters: [Character]
    private let coefficients: [String]
    private let features: Set<String>
    private let symbols: [String: RunSymbol]
    private var position = 0
    private var nesting = 0

    init(_ text: String, coefficients: [String], features: [String], symbols: Set<RunSymbol>) {
        self.text = text
        characters = Array(text)
        self.coefficients = coefficients
        self.features = Set(features)
        self.symbols = Self.symbols.filter { symbols.contains($0.value) }
    }

    mutating func parse() throws(FormulaSyntaxError) -> Formula {
        guard characters.count <= Self.maximumLength else {
            throw error("a formula of \(characters.count) characters, more than the \(Self.maximumLength) allowed", 0)
        }
        skipSpaces()
        guard position < characters.count else { throw error("an empty formula") }
        let formula = try sum()
        if position < characters.count {
            throw error(
                characters[position] == ")"
                    ? "a closing bracket without an opening one"
                    : "'\(characters[position])' in place of an operator")
        }
        guard formula.node.depth <= CompiledFormula.maximumDepth else {
            throw error("a formula of \(formula.node.depth) levels, more than \(CompiledFormula.maximumDepth)", 0)
        }
        return formula
    }

    // MARK: Grammar

    private mutating func sum() throws(FormulaSyntaxError) -> Formula {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maximumNesting else {
            throw error("more than \(Self.maximumNesting) levels of brackets")
        }
        var result = try product()
        while true {
            if take("+") {
                result = result + (try product())
            } else if take("-") || take("−") {
                result = result - (try product())
            } else {
                return result
            }
        }
    }

    private mutating func product() throws(FormulaSyntaxError) -> Formula {
        var result = try signed()
        while true {
            if take("*") || take("·") || take("×") {
                result = result * (try signed())
            } else if take("/") {
                result = result / (try signed())
            } else {
                return result
            }
        }
    }

    private mutating func signed() throws(FormulaSyntaxError) -> Formula {
        var isNegative = false
        while true {
            if take("-") || take("−") {
                isNegative.toggle()
            } else if !take("+") {
                break
            }
        }
        let operand = try power()
        return isNegative ? Self.negated(operand) : operand
    }

    private mutating func power() throws(FormulaSyntaxError) -> Formula {
        let base = try atom()
        guard take("^") || takePower() else { return base }
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= Self.maximumNesting else { throw error("more than \(Self.maximumNesting) levels of powers") }
        return pow(base, try signed())
    }

    private mutating func atom() throws(FormulaSyntaxError) -> Formula {
        guard position < characters.count else { throw error("the formula ends before a value") }
        let character = characters[position]
        if character.isASCII, character.isNumber || character == "." { return try number() }
        if Self.startsName(character) { return try name() }
        let opening = position
        if take("(") {
            let inside = try sum()
            try close(opening)
            return inside
        }
        throw error(
            character == ")"
                ? "a closing bracket in place of a value"
                : "'\(character)' in place of a value")
    }

    private mutating func close(_ opening: Int) throws(FormulaSyntaxError) {
        if take(")") { return }
        if position == characters.count { throw error("a bracket that is never closed", opening) }
        throw error("'\(characters[position])' in place of an operator or a closing bracket")
    }

    // MARK: Words

    private mutating func number() throws(FormulaSyntaxError) -> Formula {
        let start = position
        func digits(_ position: inout Int) {
            while position < characters.count, characters[position].isASCII, characters[position].isNumber {
                position += 1
            }
        }
        digits(&position)
        if position < characters.count, characters[position] == "." {
            position += 1
            digits(&position)
        }
        if position < characters.count, characters[position] == "e" || characters[position] == "E" {
            var end = position + 1
            if end < characters.count, characters[end] == "+" || characters[end] == "-" { end += 1 }
            let exponent = end
            digits(&end)
            if end > exponent { position = end }
        }
        let word = String(characters[start..<position])
        // "1." and ".5" are numbers to people, not to Swift.
        let padded = (word.hasPrefix(".") ? "0" : "") + word
        let plain = padded.split(separator: ".", omittingEmptySubsequences: false)
        let repaired =
            plain.count == 2 && (plain[1].isEmpty || !(plain[1].first?.isNumber ?? true))
            ? plain[0] + ".0" + plain[1] : Substring(padded)
        guard characters[start] != "." || word.count > 1 && word.dropFirst().first?.isNumber == true,
            let value = Double(repaired), value.isFinite
        else {
            throw error("'\(word)' is not a number that fits", start)
        }
        if position < characters.count, Self.startsName(characters[position]) {
            throw error("'\(characters[position])' right after a number: write the product out, as 2*N")
        }
        skipSpaces()
        return .constant(value)
    }

    private mutating func name() throws(FormulaSyntaxError) -> Formula {
        let start = position
        while position < characters.count, Self.continuesName(characters[position]) { position += 1 }
        let name = String(characters[start..<position])
        skipSpaces()
        if position < characters.count, characters[position] == "(" {
            guard let count = Self.functions[name] else {
                if coefficients.contains(name) || symbols[name] != nil || features.contains(name) {
                    throw error("a bracket right after '\(name)': write the product out, as \(name)*(…)")
                }
                throw error(
                    "no function is called '\(name)'"
                        + suggestion(
                            name, Self.functions.keys.sorted(), "; there are exp, log, max, min, pos, pow, sqrt"),
                    start)
            }
            return try call(name, count, start)
        }
        if coefficients.contains(name) { return .coefficient(name) }
        if let symbol = symbols[name] { return .symbol(symbol) }
        if features.contains(name) { return .symbol(.feature(name)) }
        if Self.functions[name] != nil { throw error("'\(name)' needs its operand in brackets") }
        let known = coefficients + symbols.keys.sorted() + features.sorted()
        throw error(
            "'\(name)' is neither a coefficient nor a symbol"
                + suggestion(name, known, "; the symbols are \(symbols.keys.sorted().joined(separator: ", "))"), start)
    }

    private mutating func call(_ name: String, _ count: Int, _ start: Int) throws(FormulaSyntaxError) -> Formula {
        let opening = position
        _ = take("(")
        var operands = [try sum()]
        while take(",") { operands.append(try sum()) }
        try close(opening)
        // min and max take any number of operands from two up.
        let fits = count == 2 && name != "pow" ? operands.count >= 2 : operands.count == count
        guard fits else {
            throw error("'\(name)' takes \(count == 1 ? "one operand" : "two operands"), not \(operands.count)", start)
        }
        switch name {
        case "log": return log(operands[0])
        case "exp": return exp(operands[0])
        case "sqrt": return sqrt(operands[0])
        case "pos": return positivePart(operands[0])
        case "pow": return pow(operands[0], operands[1])
        case "min": return operands.dropFirst().reduce(operands[0]) { min($0, $1) }
        default: return operands.dropFirst().reduce(operands[0]) { max($0, $1) }
        }
    }

    private func suggestion(_ name: String, _ known: [String], _ otherwise: String) -> String {
        let nearest = nearestNames(to: name, among: known, limit: 1).filter { _ in name.count > 1 }
        return nearest.first.map { "; did you mean '\($0)'?" } ?? otherwise
    }

    // MARK: Characters

    private static func startsName(_ character: Character) -> Bool {
        character.isLetter || character == "_"
    }

    private static func continuesName(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }

    /// A negated number is a negative constant, so that text read back is the same formula.
    private static func negated(_ formula: Formula) -> Formula {
        if case .constant(let value) = formula.node.operation { return .constant(-value) }
        return -formula
    }

    private mutating func take(_ character: Character) -> Bool {
        guard position < characters.count, characters[position] == character else { return false }
        position += 1
        skipSpaces()
        return true
    }

    private mutating func takePower() -> Bool {
        guard position + 1 < characters.count, characters[position] == "*", characters[position + 1] == "*" else {
            return false
        }
        position += 2
        skipSpaces()
        return true
    }

    private mutating func skipSpaces() {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
    }

    private func error(_ reason: String, _ place: Int? = nil) -> FormulaSyntaxError {
        FormulaSyntaxError(reason: reason, text: text, position: place ?? position)
    }
}
