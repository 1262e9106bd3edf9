import DataWallKit
import Foundation

/// The kind of an output, and the style of text on it.
enum Terminal {
    /// The style of an output: as wide as the terminal and coloured, unless the environment asks otherwise; plain if it
    /// is not a terminal.
    ///
    /// `NO_COLOR`, set to any value, and `TERM=dumb` turn colour off (no-color.org). `COLUMNS` overrides the terminal's
    /// own width.
    static func style(
        of descriptor: Int32 = STDOUT_FILENO, environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> TerminalStyle {
        guard isatty(descriptor) == 1 else { return .plain }
        let asked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let isQuiet = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        return TerminalStyle(
            width: asked ?? columns(of: descriptor) ?? usualColumns,
            isColoured: !isQuiet && environment["TERM"] != "dumb")
    }

    /// The columns of a terminal that does not say how many it has.
    private static let usualColumns = 80

    /// The columns that a terminal says it has.
    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
