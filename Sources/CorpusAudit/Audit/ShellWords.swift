/// Words of a command line, quoted so that a shell reads them back as they are.
package enum ShellWords {
    /// One word, in single quotes if it contains anything but letters, digits and a few harmless signs.
    package static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", "=", ",", "+", "%", "@", "…": true
                default: false
                }
            }
        return isPlain
            ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// A whole command.
    package static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
