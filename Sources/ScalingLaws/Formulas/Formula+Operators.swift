extension Formula {
    /// The sum of two formulas.
    public static func + (first: Formula, second: Formula) -> Formula {
        Formula(FormulaNode(.add, [first.node, second.node]))
    }

    /// The difference of two formulas.
    public static func - (first: Formula, second: Formula) -> Formula {
        Formula(FormulaNode(.subtract, [first.node, second.node]))
    }

    /// The product of two formulas.
    public static func * (first: Formula, second: Formula) -> Formula {
        Formula(FormulaNode(.multiply, [first.node, second.node]))
    }

    /// The quotient of two formulas.
    public static func / (first: Formula, second: Formula) -> Formula {
        Formula(FormulaNode(.divide, [first.node, second.node]))
    }

    /// A formula with its sign changed.
    public static prefix func - (operand: Formula) -> Formula {
        Formula(FormulaNode(.negate, [operand.node]))
    }
}
