/// Why a document cannot be taken into an audit.
public enum DocumentError: Error, Sendable, Equatable {
    /// A document without the name of a source.
    case noSource
    /// A quality that is not a number from 0 to 16.777215.
    case unusableQuality(Double)
    /// A number of tokens below 0 or above 2³² − 1.
    case unusableTokens(Int)
    /// Tokens of a document where its paragraphs or lines are counted.
    case tokensOfParts
    /// Tokens by one tokenizer were given, but several tokenizers count.
    case tokensOfOne
    /// Tokens that were counted, where tokens are estimated from bytes.
    case tokensOfEstimate
    /// A document without its tokens, where the options name a counter that looks at no text.
    case noTokens
    /// A document longer than the options allow.
    case tooLong(bytes: Int, limit: Int)
    /// A document for an attempt that has ended.
    case finished(job: String)
}

extension DocumentError: CustomStringConvertible {
    /// One sentence that says what is wrong and what to do.
    public var description: String {
        switch self {
        case .noSource: "a document names no source; give it one, if need be the job's"
        case .unusableQuality(let quality):
            "the quality \(quality) is not from 0 to 16.777215; map scores to weights first"
        case .unusableTokens(let tokens): "\(tokens) is no number of tokens; they go from 0 to 4,294,967,295"
        case .tokensOfParts:
            "the tokens of a whole document say nothing of its paragraphs or lines; leave them out, or audit documents"
        case .tokensOfOne:
            "the tokens of one tokenizer are no counts for several; leave them out, or name one tokenizer"
        case .tokensOfEstimate:
            "counted tokens cannot be mixed with estimates from bytes; leave them out, or name the tokenizer "
                + "that counted them (PretokenizedCounter)"
        case .noTokens:
            "a PretokenizedCounter counts no text: give the document's tokens, or name a vocabulary"
        case .tooLong(let bytes, let limit):
            "a document of \(bytes) bytes is over the limit of \(limit); the option maximumRecordBytes raises it"
        case .finished(let job): "the attempt at \(job) has ended; begin another"
        }
    }
}
