/// The general category of every code point, by Unicode 16.0, such as `\p{Lu}` in regular expressions.
package enum GeneralCategory {
    /// The categories in the order of their numbers.
    package static let names = [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
        "Sm",
        "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cs", "Cn",
    ]

    /// The letters that represent the categories in the generated table.
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ!#%&".utf8)

    /// The 25 code points of the property White_Space (PropList.txt), which no version since 6.3 has changed.
    package static let whiteSpace: [ClosedRange<Int>] = [
        0x09...0x0D, 0x20...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
    ]

    /// The set of categories that a name such as `L` or `Lu` represents, a bit each; 0 for an unknown name.
    package static func mask(_ name: String) -> UInt32 {
        names.enumerated().reduce(0) { mask, entry in
            entry.element == name || (name.count == 1 && entry.element.hasPrefix(name))
                ? mask | 1 << UInt32(entry.offset) : mask
        }
    }

    /// Runs of code points of one category, a bit of ``mask(_:)``, in order from U+0000 to U+10FFFF.
    package static func forEachRun(_ body: (_ category: UInt32, _ codes: Range<Int>) -> Void) {
        var reader = RunReader(runs)
        reader.runs { letter, codes in body(1 << UInt32(letters.firstIndex(of: letter) ?? 0), codes) }
    }

    /// The number of every code point's category.
    package static let table: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 0x110000)
        table.withUnsafeMutableBufferPointer { table in
            forEachRun { category, codes in table[codes].update(repeating: UInt8(category.trailingZeroBitCount)) }
        }
        return table
    }()
}
