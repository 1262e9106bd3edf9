/// A name compared by its bytes.
///
/// Swift's strings are equal when Unicode calls them equivalent: `Ä` is one letter, and `A` with a dot-pair after it
/// another spelling of the same. Two sources, or two files, that differ only so are two all the same.
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
