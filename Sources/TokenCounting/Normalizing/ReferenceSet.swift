import UnicodeText

/// A set of code points as Hugging Face's tokenizers 0.23.3 has it, whatever version of Unicode it comes from.
struct ReferenceSet: Sendable {
    private let bits: [UInt64]

    /// Unfolds a generated table.
    init(_ runs: StaticString) {
        var bits = [UInt64](repeating: 0, count: 0x110000 / 64)
        var reader = RunReader(runs)
        reader.runs { letter, codes in
            if letter == UInt8(ascii: "Y") {
                for member in codes { bits[member >> 6] |= 1 << UInt64(member & 63) }
            }
        }
        self.bits = bits
    }

    /// Whether a code point is a member.
    @inline(__always)
    func contains(_ code: Int) -> Bool { bits[code >> 6] >> UInt64(code & 63) & 1 != 0 }

    /// What Digits takes for a digit.
    static let numeric = ReferenceSet(numericRuns)
    /// What Punctuation and BertPreTokenizer take for punctuation.
    static let punctuation = ReferenceSet(punctuationRuns)
    /// What Whitespace and `single_word` take for part of a word.
    static let word = ReferenceSet(wordRuns)
    /// What StripAccents removes.
    static let accents = ReferenceSet(accentRuns)
    /// What BertNormalizer removes as accents.
    static let bertAccents = ReferenceSet(bertAccentRuns)
    /// What BertNormalizer removes as control characters.
    static let bertControls = ReferenceSet(bertControlRuns)
    /// What forms one cluster with the code point before it.
    static let extending = ReferenceSet(extendingRuns)
    /// What forms one cluster with the code point behind it.
    static let preceding = ReferenceSet(precedingRuns)
    /// What forms no cluster with a code point behind it.
    static let controls = ReferenceSet(controlRuns)
    /// What normalisation forms do not know.
    static let unknown = ReferenceSet(unknownToForms)

    /// Whether a code point is white space: the 25 of Unicode's White_Space.
    @inline(__always)
    static func isSpace(_ code: Int) -> Bool { UnicodeClasses.table[code] & UnicodeClasses.space != 0 }
}
