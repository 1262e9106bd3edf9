import UnicodeText

/// The normalisation of a unit before its fingerprint; counts use the original text.
public struct Normalization: OptionSet, Sendable, Hashable {
    /// The set as bits.
    public let rawValue: UInt8

    /// Creates a set from its bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Unicode's composed form (NFC), by the tables of Unicode 16.
    public static let nfc = Normalization(rawValue: 1)
    /// Lower case, by Unicode 16's full mapping, whatever the language; a capital sigma becomes ς at the end of a word.
    public static let lowercase = Normalization(rawValue: 2)
    /// Runs of white space become one space; there is none at the ends.
    public static let whitespace = Normalization(rawValue: 4)

    private static let names: [(String, Normalization)] = [
        ("nfc", .nfc), ("lowercase", .lowercase), ("whitespace", .whitespace),
    ]

    /// Reads `none`, or names joined by `+` such as `nfc+whitespace`; `nil` for anything else.
    public init?(name: String) {
        self.init()
        guard name != "none" else { return }
        for part in name.split(separator: "+", omittingEmptySubsequences: false) {
            guard let found = Self.names.first(where: { $0.0 == part }) else { return nil }
            insert(found.1)
        }
    }

    /// The name as it is in an audit file.
    public var name: String {
        isEmpty ? "none" : Self.names.filter { contains($0.1) }.map(\.0).joined(separator: "+")
    }

    /// The object that folds units before their fingerprint, for one thread; `nil` if they stay unchanged.
    func makeFolder() -> TextFolder? {
        isEmpty
            ? nil
            : TextFolder(
                composes: contains(.nfc), lowercases: contains(.lowercase), collapsesSpace: contains(.whitespace))
    }
}
