/// Reads SentencePiece's `.model` files (`sentencepiece_model.proto`): BPE and Unigram.
enum SentencePieceReader {
    /// Whether bytes may be a model: it begins with a piece, field 1 of the message.
    static func recognises(_ bytes: [UInt8]) -> Bool { bytes.count > 3 && bytes[0] == 0x0A && bytes[2] == 0x0A }

    /// The model of a file's bytes.
    static func read(_ bytes: [UInt8], path: String) throws(TokenCountingError) -> PieceModel {
        var list = PieceList(path: path)
        var modelType = UInt64(1)
        var normalizer = Normalizer()
        var suffixesSpace = false
        var message = ProtocolBuffer(bytes[...], path: path)
        var seen: Set<Int> = []
        while let (field, value) = try message.next() {
            guard case .bytes(let inner) = value else { continue }
            if field == 2 || field == 3, !seen.insert(field).inserted {
                throw .unusableVocabulary(
                    path: path, line: nil, reason: "two models are in the file, one behind the other")
            }
            var fields = ProtocolBuffer(inner, path: path)
            switch field {
            case 1: list.pieces.append(try piece(&fields, path, list.pieces.count))
            case 2:
                while let (field, value) = try fields.next() {
                    if field == 3, case .number(let type) = value { modelType = type }
                    if field == 24, case .number(let flag) = value { suffixesSpace = flag != 0 }
                }
            case 3: try normalizer.read(&fields, path)
            default: break
            }
        }
        guard normalizer.escapesSpaces else {
            throw .unsupportedTokenizer(
                path: path, reason: "models that keep spaces as they are (escape_whitespaces) are not supported")
        }
        let userDefined = list.pieces.filter { $0.kind == .userDefined }.map { AddedToken(bytes: $0.bytes) }
        let rules = PieceNormalizer(
            map: normalizer.map, addsPrefix: normalizer.addsPrefix, removesExtraSpaces: normalizer.removesExtraSpaces,
            suffixesSpace: suffixesSpace, userDefined: userDefined.isEmpty ? nil : TokenFinder(userDefined))
        switch modelType {
        case 1: return try list.latticeModel(rules)
        case 2: return try list.mergingModel(rules)
        default:
            throw .unsupportedTokenizer(
                path: path,
                reason: "the model type is \(modelType == 3 ? "WORD" : modelType == 4 ? "CHAR" : String(modelType)); "
                    + "BPE and UNIGRAM are supported")
        }
    }

    private static func piece(
        _ fields: inout ProtocolBuffer, _ path: String, _ index: Int
    ) throws(TokenCountingError) -> (bytes: [UInt8], score: Float, kind: PieceList.Kind) {
        var piece: (bytes: [UInt8], score: Float, kind: PieceList.Kind) = ([], 0, .normal)
        while let (field, value) = try fields.next() {
            switch (field, value) {
            case (1, .bytes(let bytes)): piece.bytes = Array(bytes)
            case (2, .float(let score)): piece.score = score
            case (3, .number(let number)):
                guard let kind = Int(exactly: number).flatMap(PieceList.Kind.init(rawValue:)) else {
                    throw .unusableVocabulary(
                        path: path, line: nil, reason: "piece \(index) is of the unknown type \(number)")
                }
                piece.kind = kind
            default: break
            }
        }
        return piece
    }

    /// The fields of `NormalizerSpec`, with their defaults.
    private struct Normalizer {
        var map: CharacterMap?
        var addsPrefix = true
        var removesExtraSpaces = true
        var escapesSpaces = true

        mutating func read(_ fields: inout ProtocolBuffer, _ path: String) throws(TokenCountingError) {
            while let (field, value) = try fields.next() {
                switch (field, value) {
                case (2, .bytes(let bytes)) where !bytes.isEmpty:
                    guard let read = CharacterMap(Array(bytes)) else {
                        throw .unusableVocabulary(path: path, line: nil, reason: "the table of characters is damaged")
                    }
                    map = read
                case (3, .number(let flag)): addsPrefix = flag != 0
                case (4, .number(let flag)): removesExtraSpaces = flag != 0
                case (5, .number(let flag)): escapesSpaces = flag != 0
                default: break
                }
            }
        }
    }
}
