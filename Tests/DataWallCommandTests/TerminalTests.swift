import DataWallKit
import Foundation
import Testing

@testable import DataWallCommand

@Suite struct TerminalTests {
    @Test(
        "text is as wide as the terminal says it is, unless COLUMNS says otherwise, and 80 where neither does",
        arguments: [
            (132, [:], 132), (132, ["COLUMNS": "50"], 50), (132, ["COLUMNS": "wide"], 132),
            (132, ["COLUMNS": "0"], 132), (0, [:], 80), (0, ["COLUMNS": "100"], 100),
        ] as [(UInt16, [String: String], Int)])
    func widths(columns: UInt16, environment: [String: String], width: Int) throws {
        let terminal = try PseudoTerminal(columns: columns)
        #expect(Terminal.style(of: terminal.screen, environment: environment).width == width)
    }

    @Test(
        "colour stands on a terminal that does not ask for none",
        arguments: [
            (["TERM": "xterm"], true), ([:], true), (["TERM": "dumb"], false), (["NO_COLOR": "1"], false),
            (["NO_COLOR": ""], true),
        ] as [([String: String], Bool)])
    func colours(environment: [String: String], isColoured: Bool) throws {
        let terminal = try PseudoTerminal(columns: 80)
        #expect(Terminal.style(of: terminal.screen, environment: environment).isColoured == isColoured)
    }

    @Test("a pipe is plain, whatever the environment says")
    func pipe() {
        let pipe = Pipe()
        let style = Terminal.style(
            of: pipe.fileHandleForWriting.fileDescriptor, environment: ["COLUMNS": "50", "TERM": "xterm"])
        #expect(style == .plain)
    }
}
