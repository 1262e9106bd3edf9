import ArgumentParser
import DataWallKit

/// The subcommand that a person may have meant.
enum SubcommandName {
    /// Refuses a first word that names no subcommand.
    ///
    /// - Parameter arguments: The words after the name of the program.
    /// - Throws: ``CommandFailure`` that names the nearest subcommand.
    static func check(_ arguments: [String]) throws(CommandFailure) {
        let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
        guard let word = words.first, !word.hasPrefix("-") else { return }
        let names = DataWallCommand.configuration.subcommands.map { $0._commandName } + ["help"]
        guard !names.contains(word) else { return }
        let near = names.map { (name: $0, distance: distance($0, word)) }.min { $0.distance < $1.distance }
        let proposal = near.flatMap { $0.distance <= max(2, $0.name.count / 3) ? "Did you mean '\($0.name)'? " : nil }
        let name = word.count > 60 ? word.prefix(60) + "…" : word
        throw CommandFailure(
            "There is no subcommand '\(name)'. \(proposal ?? "")'datawall --help' lists all.", status: .usage)
    }

    /// The letters to insert, drop, replace or swap to make one word of another.
    private static func distance(_ first: String, _ second: String) -> Int {
        // Names are short; of a long word its start decides.
        let (first, second) = (Array(first), Array(second.prefix(40)))
        var rows = [Array(0...second.count)]
        for (line, letter) in first.enumerated() {
            var row = [line + 1]
            for (column, other) in second.enumerated() {
                let before = rows[line]
                var least = min(before[column] + (letter == other ? 0 : 1), before[column + 1] + 1, row[column] + 1)
                if line > 0, column > 0, letter == second[column - 1], first[line - 1] == other {
                    least = min(least, rows[line - 1][column - 1] + 1)
                }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[first.count][second.count]
    }
}
