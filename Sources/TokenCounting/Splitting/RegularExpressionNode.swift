/// A regular expression as a tree.
indirect enum RegularExpressionNode {
    /// How a repetition gives back characters.
    enum Greed { case greedy, lazy, possessive }

    case set(CharacterClass)
    case sequence([RegularExpressionNode])
    case alternatives([RegularExpressionNode])
    case repetition(RegularExpressionNode, Int, Int, Greed)
    case look(RegularExpressionNode, negated: Bool)
    case atomic(RegularExpressionNode)
    case textStart, textEnd, lineStart, lineEnd

    /// The fewest code points that it matches.
    var minimum: Int {
        switch self {
        case .set: 1
        case .sequence(let parts): parts.map(\.minimum).reduce(0, +)
        case .alternatives(let parts): parts.map(\.minimum).min() ?? 0
        case .repetition(let node, let least, _, _): node.minimum * least
        case .atomic(let node): node.minimum
        case .look, .textStart, .textEnd, .lineStart, .lineEnd: 0
        }
    }

    /// Whether something inside repeats without an upper bound.
    var repeatsForever: Bool {
        switch self {
        case .set, .textStart, .textEnd, .lineStart, .lineEnd: false
        case .sequence(let parts), .alternatives(let parts): parts.contains(where: \.repeatsForever)
        case .repetition(let node, _, let most, let greed):
            (most == .max && greed != .possessive) || node.repeatsForever
        case .look(let node, _): node.repeatsForever
        case .atomic: false
        }
    }
}

/// Turns a tree into a program.
struct RegularExpressionCompiler {
    var program: [RegularExpression.Instruction] = []
    var classes: [CharacterClass] = []

    private mutating func number(_ set: CharacterClass) -> Int {
        classes.append(set)
        return classes.count - 1
    }

    mutating func emit(_ node: RegularExpressionNode) throws(RegularExpression.Refusal) {
        guard program.count < 100_000 else { throw .init(reason: "it is too large") }
        switch node {
        case .set(let set): program.append(.one(number(set)))
        case .sequence(let parts): for part in parts { try emit(part) }
        case .alternatives(let parts):
            var jumps: [Int] = []
            for part in parts.dropLast() {
                let fork = program.count
                program.append(.accept)
                try emit(part)
                jumps.append(program.count)
                program.append(.accept)
                program[fork] = .either(fork + 1, program.count)
            }
            if let last = parts.last { try emit(last) }
            for jump in jumps { program[jump] = .jump(program.count) }
        case .repetition(.set(let set), let least, let most, let greed):
            program.append(.run(number(set), least, most, gives: greed == .greedy))
        case .repetition(let node, let least, let most, let greed):
            if greed == .possessive { return try emit(.atomic(.repetition(node, least, most, .greedy))) }
            for _ in 0..<least { try emit(node) }
            if most == .max {
                let fork = program.count
                program.append(.accept)
                try emit(node)
                program.append(.jump(fork))
                program[fork] = .either(fork + 1, program.count)
            } else {
                var forks: [Int] = []
                for _ in least..<most {
                    forks.append(program.count)
                    program.append(.accept)
                    try emit(node)
                }
                for fork in forks { program[fork] = .either(fork + 1, program.count) }
            }
        case .look(let node, let negated):
            let look = program.count
            program.append(.accept)
            try emit(node)
            program.append(.accept)
            program[look] = .look(negated: negated, then: program.count)
        case .atomic(let node):
            let atomic = program.count
            program.append(.accept)
            try emit(node)
            program.append(.accept)
            program[atomic] = .atomic(then: program.count)
        case .textStart: program.append(.textStart)
        case .textEnd: program.append(.textEnd)
        case .lineStart: program.append(.lineStart)
        case .lineEnd: program.append(.lineEnd)
        }
    }
}
