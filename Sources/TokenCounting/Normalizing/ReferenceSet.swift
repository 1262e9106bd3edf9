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

    /// Digits of the step Digits.
    static let numeric = ReferenceSet(numericRuns)
    /// Punctuation of Punctuation and BertPreTokenizer.
    static let punctuation = ReferenceSet(punctuationRuns)
    /// Word characters of Whitespace and `single_word`.
    static let word = ReferenceSet(wordRuns)
    /// Code points that StripAccents removes.
    static let accents = ReferenceSet(accentRuns)
    /// Code points that BertNormalizer removes as accents.
    static let bertAccents = ReferenceSet(bertAccentRuns)
    /// Code points that BertNormalizer removes as control characters.
    static let bertControls = ReferenceSet(bertControlRuns)
    /// Code points that form one cluster with the code point before them.
    static let extending = ReferenceSet(extendingRuns)
    /// Code points that form one cluster with the code point after them.
    static let preceding = ReferenceSet(precedingRuns)
    /// Code points that form no cluster with a code point after them.
    static let controls = ReferenceSet(controlRuns)
    /// Code points that are not assigned in the normalisation forms.
    static let unknown = ReferenceSet(unknownToForms)

    /// Whether a code point is white space: the 25 of Unicode's White_Space.
    @inline(__always)
    static func isSpace(_ code: Int) -> Bool { UnicodeClasses.table[code] & UnicodeClasses.space != 0 }
}
