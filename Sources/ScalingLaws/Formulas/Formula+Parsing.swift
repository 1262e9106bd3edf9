extension Formula {
    /// Reads a formula as people write it: `E + A/N^alpha + P*R^delta*(N/U)^kappa`.
    ///
    /// Operators are `+ - * / ^` (also `**`, `·`, `−`) with the usual precedence: `^` binds tightest and to the right,
    /// a sign binds less tightly than `^`, so `-x^2` is −(x²). Functions are `log` (natural), `exp`, `sqrt`, `min`,
    /// `max`, `pos` (the positive part) and `pow`. Symbols of the run are N, D, U (unique tokens used), R (repetitions)
    /// and C (6·N·D). A coefficient with a symbol's name hides that symbol, so avoid such names.
    ///
    /// - Parameters:
    ///   - text: The formula.
    ///   - coefficients: The names that represent coefficients.
    ///   - features: The names that represent further quantities of the run.
    ///   - symbols: The symbols allowed; by default those that laws use.
    /// - Throws: ``FormulaSyntaxError`` with the character at fault.
    /// - Complexity: O(*n*) in the characters.
    public init(
        parsing text: String,
        coefficients: [String],
        features: [String] = [],
        symbols: Set<RunSymbol> = [.parameters, .tokens, .uniqueTokens, .repetitions, .compute]
    ) throws(FormulaSyntaxError) {
        var parser = FormulaParser(text, coefficients: coefficients, features: features, symbols: symbols)
        self = try parser.parse()
    }
}
