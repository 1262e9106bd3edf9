/// What one record has at a field of a condition, or at one whose texts are joined.
struct FurtherField {
    /// Whether its strings are joined to the text.
    let isText: Bool
    /// What is at the field, or at the list that leads to it; `nil` where nothing does.
    private(set) var kind: JSONKind?
    /// What is in place of a string or of a list, where strings are joined.
    var wrongKind: JSONKind?
    /// The string without its escapes, or any other value as it is written.
    private(set) var value = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The strings, in their order.
    private(set) var pieces: [UnsafeBufferPointer<UInt8>] = []
    /// Whether they are surely ASCII.
    private(set) var isASCII = true
    /// Where the first one starts in the record.
    private(set) var offset = 0
    /// How many there were before the element of the current list; 0 outside lists.
    private var before = 0
    /// Whether the list that leads to it was entered; then ``kind`` is that of the list.
    private var isInList = false

    init(isText: Bool) { self.isText = isText }

    /// Forgets the record before.
    mutating func clear() {
        kind = nil
        wrongKind = nil
        pieces.removeAll(keepingCapacity: true)
        isASCII = true
        before = 0
        isInList = false
    }

    /// Forgets the value of a key that occurs a second time in one object: in an element of a list, what this one gave.
    mutating func clearValue(inList: Bool) {
        guard !inList else { return pieces.removeLast(pieces.count - before) }
        clear()
    }

    /// Takes the kind of what is at the field.
    mutating func mark(_ kind: JSONKind) { if !isInList { self.kind = kind } }

    /// Starts a list, or what is in its place; an inner list is in an element of another one.
    mutating func enterList(_ kind: JSONKind, isInner: Bool) {
        let wrong = kind == .array || kind == .null ? nil : kind
        guard !isInner else {
            wrongKind = wrongKind ?? wrong
            return
        }
        self.kind = kind
        isInList = true
        before = 0
        pieces.removeAll(keepingCapacity: true)
        wrongKind = wrong
    }

    mutating func beginElement() { before = pieces.count }

    mutating func setString(_ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool, at offset: Int) {
        value = bytes
        guard isText else { return }
        if pieces.isEmpty { self.offset = offset }
        pieces.append(bytes)
        self.isASCII = self.isASCII && isASCII
    }

    mutating func setRaw(_ bytes: UnsafeBufferPointer<UInt8>, _ kind: JSONKind) {
        value = bytes
        if isText, kind != .null { wrongKind = wrongKind ?? kind }
    }

    /// The value for a condition.
    var conditionValue: RecordCondition.Value {
        switch kind {
        case nil, .null?, .nonFinite?: return .missing
        case .object?, .array?: return .other(kind?.rawValue ?? "")
        case .bool?: return .text(String(decoding: value, as: UTF8.self))
        case .number?: return JSONNumber.conditionValue(of: value) ?? .missing
        case .string?:
            return (JSONNumber.isSpelt(value) ? JSONNumber.conditionValue(of: value) : nil)
                ?? .text(String(decoding: value, as: UTF8.self))
        }
    }
}
