/// Random valid text in which blocks of all kinds meet: runs of ASCII, letters that change, marks, scripts without blanks.
enum RandomText {
    private static let alphabets: [[UInt32]] = [
        Array("abcdefgh".unicodeScalars.map(\.value)), Array("ABCxyz019".unicodeScalars.map(\.value)),
        Array(" \t\n\r .,;-".unicodeScalars.map(\.value)), Array("0123456789.,".unicodeScalars.map(\.value)),
        Array("приветПРИВЕТéÉßİıſΣσςΑ".unicodeScalars.map(\.value)),
        [0x300, 0x301, 0x323, 0x327, 0x345, 0x5B4, 0x93C, 0x94D, 0x1D165, 0x20E3, 0xAD, 0x200B, 0x200D],
        [0x915, 0x958, 0x9C7, 0x9BE, 0xCC6, 0xCC2, 0xCD5, 0x1100, 0x1161, 0x11A8, 0xAC00, 0xAC01, 0x1EA0, 0x212B],
        [0x4E2D, 0x6587, 0x3042, 0x30AB, 0x3099, 0xFF76, 0x0E01, 0x0E33, 0x1780, 0x20000, 0xF900, 0x3007],
        [0x85, 0xA0, 0x2003, 0x3000, 0x2028, 0xFFFD, 0xFF11, 0x663, 0x1D7CE, 0x1F600, 0x10400, 0x10FFFF, 0x7F, 0],
    ]

    /// Between no and some three hundred bytes.
    static func next(using generator: inout some RandomNumberGenerator) -> [UInt8] {
        var text = ""
        for _ in 0..<Int.random(in: 0..<5, using: &generator) {
            let alphabet = alphabets[Int.random(in: 0..<alphabets.count, using: &generator)]
            for _ in 0..<Int.random(in: 1..<(Bool.random(using: &generator) ? 4 : 40), using: &generator) {
                let code = alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
                if let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
            }
        }
        return Array(text.utf8)
    }
}
