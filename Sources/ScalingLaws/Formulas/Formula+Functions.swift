/// A formula raised to a power.
///
/// Zero to a positive power is 0 and has slope 0, in the base as in the exponent, so that a penalty on repetition such
/// as `pow(run.repetitions, c["delta"])` is defined without repeats even for an exponent below 1. Zero to the power of
/// zero is 1. A negative base is defined only for constant whole exponents.
public func pow(_ base: Formula, _ exponent: Formula) -> Formula {
    Formula(FormulaNode(.power, [base.node, exponent.node]))
}

/// The exponential of a formula.
public func exp(_ operand: Formula) -> Formula {
    Formula(FormulaNode(.exponential, [operand.node]))
}

/// The natural logarithm of a formula.
public func log(_ operand: Formula) -> Formula {
    Formula(FormulaNode(.logarithm, [operand.node]))
}

/// The square root of a formula.
public func sqrt(_ operand: Formula) -> Formula {
    Formula(FormulaNode(.squareRoot, [operand.node]))
}

/// The smaller of two formulas; if they are equal, the slope is that of the first.
public func min(_ first: Formula, _ second: Formula) -> Formula {
    Formula(FormulaNode(.minimum, [first.node, second.node]))
}

/// The larger of two formulas; if they are equal, the slope is that of the first.
public func max(_ first: Formula, _ second: Formula) -> Formula {
    Formula(FormulaNode(.maximum, [first.node, second.node]))
}

/// A formula where it is positive, and 0 elsewhere; the slope at 0 is 0.
public func positivePart(_ operand: Formula) -> Formula {
    Formula(FormulaNode(.positivePart, [operand.node]))
}
