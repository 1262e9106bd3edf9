extension String {
    /// The text in lines of at most 80 columns, broken between words.
    package func wrapped(indent: String = "") -> [String] {
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > 80 {
                lines.append(line)
                line = indent + word
            } else {
                line += (line.isEmpty || line == indent ? "" : " ") + word
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
