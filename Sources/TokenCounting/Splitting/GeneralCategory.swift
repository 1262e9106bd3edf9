/// The general category of every code point, by Unicode 16.0: what regular expressions ask for as `\p{Lu}`.
enum GeneralCategory {
    /// The categories in the order of their numbers.
    static let names = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm",
        "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs", "Cn",
    ]

    /// The letters that stand for the categories in the generated table.
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ!#%&".utf8)

    /// The set of categories that a name such as `L` or `Lu` stands for, a bit each; 0 for an unknown name.
    static func mask(_ name: String) -> UInt32 {
        names.enumerated().reduce(0) { mask, entry in
            entry.element == name || (name.count == 1 && entry.element.hasPrefix(name))
                ? mask | 1 << UInt32(entry.offset) : mask
        }
    }

    /// The number of every code point's category.
    static let table: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 0x110000)
        var reader = RunReader(runs)
        var code = 0
        while let letter = reader.byte() {
            let end = code + reader.number()
            let number = UInt8(letters.firstIndex(of: letter) ?? 0)
            for index in code..<end { table[index] = number }
            code = end
        }
        precondition(code == 0x110000, "the generated table covers all of Unicode")
        return table
    }()
}
