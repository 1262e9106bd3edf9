/// Lower case by Unicode 16.0: the full mapping, whatever the language.
enum LetterCase {
    /// Code points that change in lower case, with their lower case, by the mapping without conditions.
    static func forEachLowercase(_ body: (_ code: Int, _ lower: [Int]) -> Void) {
        var reader = RunReader(lowercase)
        reader.mappings(body)
    }

    /// The capital sigma, whose lower case depends on its place in the word; all other code points map by themselves.
    static let capitalSigma = 0x3A3

    private static let cased: UInt8 = 1
    private static let ignorable: UInt8 = 2

    private static let casing = CodePointTable<UInt8> { values in
        var reader = RunReader(casingRuns)
        reader.runs { letter, codes in
            let value: UInt8 =
                switch letter {
                case UInt8(ascii: "C"): cased
                case UInt8(ascii: "I"): ignorable
                case UInt8(ascii: "B"): cased | ignorable
                default: 0
                }
            if value != 0 { (values + codes.lowerBound).update(repeating: value, count: codes.count) }
        }
    }

    /// Whether the sigma from `offset` to `next` is final: a cased letter is before it and none is after it, skipping
    /// any code points that case ignores (The Unicode Standard 16.0, table 3-17).
    ///
    /// Code points that case ignores are skipped at most once from each side, so a text of sigmas takes linear time.
    static func isFinal(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int, next: Int) -> Bool {
        guard let bytes = text.baseAddress else { return false }
        let casing = casing.values
        var before = offset
        var isAfterLetter = false
        while before > 0 {
            before = CodePoint.start(bytes, before: before, from: 0)
            let value = casing[CodePoint.read(bytes, before).code]
            if value & ignorable == 0 {
                isAfterLetter = value & cased != 0
                break
            }
        }
        guard isAfterLetter else { return false }
        var after = next
        while after < text.count {
            let (code, length) = CodePoint.read(bytes, after)
            let value = casing[code]
            if value & ignorable == 0 { return value & cased == 0 }
            after += length
        }
        return true
    }
}
