import Foundation
import Testing

/// A terminal with a given number of columns, as an emulator makes one; with 0 columns it does not say how many.
final class PseudoTerminal {
    let emulator: Int32
    let screen: Int32
    private var isOpen = true

    init(columns: UInt16) throws {
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var (emulator, screen): (Int32, Int32) = (-1, -1)
        try #require(openpty(&emulator, &screen, nil, nil, &size) == 0)
        (self.emulator, self.screen) = (emulator, screen)
        // Other commands that tests start meanwhile must not keep the terminal open.
        for descriptor in [emulator, screen] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        if isOpen { close(screen) }
        close(emulator)
    }

    /// The terminal as the standard output of a process.
    var screenHandle: FileHandle { FileHandle(fileDescriptor: screen, closeOnDealloc: false) }

    /// Returns what a process that was started on this terminal writes until it ends, with plain line ends.
    func readToEnd() -> String {
        close(screen)
        isOpen = false
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(emulator, &buffer, buffer.count)
            // The end of the last process on a terminal is an error of reading it.
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes.filter { $0 != 13 }, as: UTF8.self)
    }
}
