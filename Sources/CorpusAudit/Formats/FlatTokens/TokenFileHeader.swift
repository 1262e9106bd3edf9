/// The header that some programs write in front of flat token ids: llm.c's, or NumPy's.
struct TokenFileHeader: Equatable {
    enum Format: String {
        case llmC = "llm.c"
        case numPy = "NumPy"
    }

    let format: Format
    /// The size of the header.
    let bytes: Int
    /// How wide the ids are; `nil` for arrays of anything else.
    let width: TokenLayout.Width?
    /// The number of ids that the header announces, if it does.
    let ids: Int?

    /// The header that a file starts with; `nil` if it starts with ids, or if the header is longer than the bytes
    /// given.
    init?(_ head: some Collection<UInt8>) {
        let head = Array(head.prefix(Self.longest))
        if let header = Self(llmC: head) {
            self = header
        } else if let header = Self(numPy: head) {
            self = header
        } else {
            return nil
        }
    }

    /// How many bytes of a file are looked at.
    static let longest = 4_096

    private init(format: Format, bytes: Int, width: TokenLayout.Width?, ids: Int?) {
        self.format = format
        self.bytes = bytes
        self.width = width
        self.ids = ids
    }

    /// 256 integers of four bytes: magic, version, number of ids, zeros (llm.c, `dev/data/data_common.py`).
    private init?(llmC head: [UInt8]) {
        guard head.count >= 1_024, head[12..<1_024].allSatisfy({ $0 == 0 }) else { return nil }
        let fields = (0..<3).map { Self.integer(head[(4 * $0)..<(4 * $0 + 4)]) }
        switch (fields[0], fields[1]) {
        case (20_240_520, 1): self.init(format: .llmC, bytes: 1_024, width: .two, ids: fields[2])
        case (20_240_801, 7): self.init(format: .llmC, bytes: 1_024, width: .four, ids: fields[2])
        default: return nil
        }
    }

    /// The magic, a version, the length of the rest, and a Python dictionary with the element type and the shape
    /// (NumPy's NEP 1).
    private init?(numPy head: [UInt8]) {
        guard head.count >= 12, head.starts(with: [0x93] + Array("NUMPY".utf8)) else { return nil }
        let start = head[6] == 1 ? 10 : 12
        let length = start + Self.integer(head[8..<start])
        guard length <= head.count else {
            self.init(format: .numPy, bytes: length, width: nil, ids: nil)
            return
        }
        let dictionary = String(decoding: head[start..<length], as: UTF8.self)
        let type = Self.value(of: "'descr'", in: dictionary, until: ",").map { $0.filter { $0 != "'" && $0 != "\"" } }
        let shape = Self.value(of: "'shape'", in: dictionary, until: ")").map { text in
            text.split { !$0.isNumber }.compactMap { Int($0) }
        }
        let width: TokenLayout.Width? =
            switch type {
            case "<u2": .two
            case "<u4", "<i4": .four
            default: nil
            }
        let isPlain = shape?.count == 1 && Self.value(of: "'fortran_order'", in: dictionary, until: ",") == "False"
        self.init(format: .numPy, bytes: length, width: isPlain ? width : nil, ids: shape?.first)
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func value(of key: String, in dictionary: String, until end: Character) -> String? {
        guard let range = dictionary.firstRange(of: key) else { return nil }
        let rest = dictionary[range.upperBound...].drop { $0 == ":" || $0 == " " }
        return String(rest.prefix { $0 != end })
    }
}
