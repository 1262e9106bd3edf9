/// A name compared by its bytes.
///
/// Swift treats strings as equal if Unicode calls them equivalent: `Ä` as one letter equals `A` with a combining
/// diaeresis. Two sources, or two files, whose names differ only in this way are still different.
struct ByteName: Hashable, Comparable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ByteName, right: ByteName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    static func < (left: ByteName, right: ByteName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
