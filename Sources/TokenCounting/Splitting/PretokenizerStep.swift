/// One step of a `tokenizer.json`'s pretokenizer, with the meaning that Hugging Face's tokenizers gives it.
enum PretokenizerStep: Sendable {
    /// When Metaspace puts its character before a piece.
    enum PrependScheme: String, Sendable {
        case always, never, first
    }

    /// A pattern that leaves nothing unmatched, and whose matches are the pieces.
    case pattern(PretokenPattern)
    /// Bytes as text is: a space before each piece, then GPT-2's pattern; `spells` where later steps see letters.
    case byteLevel(addsSpace: Bool, cuts: Bool, spells: Bool)
    case digits(individually: Bool)
    case punctuation(SplitBehavior)
    /// Splits at white space, which is dropped.
    case whitespaceSplit
    /// Words and runs of signs; white space is dropped.
    case words
    /// Splits at white space, which is dropped, and at punctuation.
    case bert
    case string([UInt8], SplitBehavior, inverts: Bool)
    case expression(RegularExpression, SplitBehavior, inverts: Bool)
    case metaspace([UInt8], PrependScheme, splits: Bool)
}
