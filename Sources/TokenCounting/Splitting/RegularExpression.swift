/// A regular expression, in the subset of Oniguruma's language that tokenizers' patterns use.
///
/// It supports classes, categories, alternatives, groups, repetition (greedy, lazy, possessive), lookahead and anchors.
/// When it reads anything else, it refuses it by name. Matching is leftmost, first alternative first, by backtracking.
struct RegularExpression: Sendable {
    /// Why an expression is refused.
    struct Refusal: Error {
        let reason: String
    }

    /// One instruction of the matching program.
    enum Instruction: Sendable {
        /// A code point of a class.
        case one(Int)
        /// Code points of a class, with the least and the largest number; `gives` some back if the rest does not match.
        case run(Int, Int, Int, gives: Bool)
        /// Goes on here, else there.
        case either(Int, Int)
        case jump(Int)
        /// Continues at `then` if the program starting at the next instruction matches here, or if it does not.
        case look(negated: Bool, then: Int)
        /// Takes the first match of the program starting at the next instruction, and continues at `then` after it.
        case atomic(then: Int)
        case textStart, textEnd, lineStart, lineEnd
        case accept
    }

    let program: [Instruction]
    let classes: [CharacterClass]
    /// The expression's text.
    let text: String

    /// Reads an expression.
    ///
    /// - Throws: ``Refusal`` naming the unsupported part.
    init(_ text: String) throws(Refusal) {
        var parser = RegularExpressionParser(text)
        let node = try parser.parse()
        guard node.minimum > 0 else { throw Refusal(reason: "it matches an empty text") }
        var compiler = RegularExpressionCompiler()
        try compiler.emit(node)
        compiler.program.append(.accept)
        program = compiler.program
        classes = compiler.classes.map { $0.prepared() }
        self.text = text
    }

    /// Calls `body` with the start and end of each match, from the left.
    func forEachMatch(_ bytes: UnsafePointer<UInt8>, _ count: Int, _ body: (Int, Int) -> Void) {
        let scan = TextScan(bytes, end: count, classes: UnicodeClasses.table)
        var matcher = RegularExpressionMatcher(self, scan)
        var offset = 0
        while offset < count {
            let end = matcher.match(0, offset)
            if end > offset {
                body(offset, end)
                offset = end
            } else {
                offset += CharacterCut.length(bytes[offset])
            }
        }
    }
}

/// Runs a program over one text.
struct RegularExpressionMatcher {
    private let expression: RegularExpression
    private let text: TextScan
    /// Places to continue from: the instruction, the offset, and for runs the lowest offset to give back to.
    private var choices: [(instruction: Int, offset: Int, lowest: Int)] = []

    init(_ expression: RegularExpression, _ text: TextScan) {
        self.expression = expression
        self.text = text
    }

    @inline(__always)
    private func code(_ offset: Int) -> (code: Int, length: Int) {
        text.bytes[offset] < 0x80 ? (Int(text.bytes[offset]), 1) : text.decode(offset)
    }

    /// The end of the match of the program, starting at an instruction, at an offset; -1 if there is none.
    mutating func match(_ start: Int, _ at: Int) -> Int {
        let base = choices.count
        var instruction = start
        var offset = at
        while true {
            var fails = false
            switch expression.program[instruction] {
            case .accept:
                choices.removeLast(choices.count - base)
                return offset
            case .one(let set):
                if offset < text.end {
                    let (code, length) = code(offset)
                    fails = !expression.classes[set].contains(code)
                    offset += length
                    instruction += 1
                } else {
                    fails = true
                }
            case .run(let set, let least, let most, let gives):
                var taken = 0
                var lowest = offset
                while taken < most, offset < text.end {
                    let (code, length) = code(offset)
                    guard expression.classes[set].contains(code) else { break }
                    offset += length
                    taken += 1
                    if taken == least { lowest = offset }
                }
                fails = taken < least
                instruction += 1
                if !fails, gives, taken > least { choices.append((instruction, offset, lowest)) }
            case .either(let first, let second):
                choices.append((second, offset, -1))
                instruction = first
            case .jump(let target): instruction = target
            case .look(let negated, let then):
                fails = (match(instruction + 1, offset) >= 0) == negated
                instruction = then
            case .atomic(let then):
                let end = match(instruction + 1, offset)
                fails = end < 0
                offset = end
                instruction = then
            case .textStart:
                fails = offset != 0
                instruction += 1
            case .textEnd:
                fails = offset != text.end
                instruction += 1
            case .lineStart:
                fails = offset != 0 && (text.bytes[offset - 1] != 0x0A || offset == text.end)
                instruction += 1
            case .lineEnd:
                fails = offset != text.end && text.bytes[offset] != 0x0A
                instruction += 1
            }
            guard fails else { continue }
            guard choices.count > base, let choice = choices.last else { return -1 }
            instruction = choice.instruction
            if choice.lowest < 0 {
                offset = choice.offset
                choices.removeLast()
            } else {
                offset = CharacterCut.last(text.bytes, choice.offset - 1)
                if offset == choice.lowest {
                    choices.removeLast()
                } else {
                    choices[choices.count - 1].offset = offset
                }
            }
        }
    }
}
