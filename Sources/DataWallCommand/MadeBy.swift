import DataWallKit

/// The line that a file records as `made_by`: the command that makes the same content again.
///
/// It has the command's words as given, quoted for a shell, without options that do not change the content: the output
/// file, and the style of the printed answer.
enum MadeBy {
    /// Options whose value is a file to write.
    private static let outputs: Set<String> = ["-o", "--output", "--residuals", "--profiles"]

    /// Flags that choose how the answer is printed.
    private static let printing: Set<String> = ["--json", "--explain"]

    /// The line of the command that is running.
    static var line: String { line(Array(CommandLine.arguments.dropFirst())) }

    /// The line of the command with some words after the program's name, the subcommand first.
    static func line(_ arguments: [String]) -> String {
        var kept = ["datawall"]
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--" {
                // Only files follow; without the dashes, options can be added at the line's end.
                kept += rest.map { $0.hasPrefix("-") && $0 != "-" ? "./" + $0 : $0 }
                break
            }
            if outputs.contains(word) {
                _ = rest.popFirst()
            } else if !printing.contains(word), !outputs.contains(where: { word.hasPrefix($0 + "=") }) {
                kept.append(word)
            }
        }
        return ShellWords.joined(kept)
    }
}
