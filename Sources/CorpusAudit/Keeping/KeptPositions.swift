/// The numbers of a list file, one after the other.
final class KeptPositions {
    private let file: SystemFile
    private let size: Int
    private var offset = 0
    private var buffer: [UInt8] = []
    private var place = 0

    private static let blockBytes = 64 << 10

    /// Opens the list of a shard.
    init(path: String) throws(RunError) {
        file = try SystemFile(reading: path)
        size = file.size
    }

    /// The next number; `nil` after the last.
    func next() throws(RunError) -> Int? {
        var number: Int?
        while true {
            if place == buffer.count {
                guard offset < size else { break }
                buffer = try file.read(min(Self.blockBytes, size - offset), at: offset)
                offset += buffer.count
                place = 0
            }
            let byte = buffer[place]
            place += 1
            if byte == 0x0A { break }
            let (tens, isTooLarge) = (number ?? 0).multipliedReportingOverflow(by: 10)
            guard (0x30...0x39).contains(byte), !isTooLarge, tens <= Int.max - 9 else {
                throw .damaged(path: file.path, reason: "it has something else than numbers of records")
            }
            number = tens + Int(byte & 0xF)
        }
        return number
    }
}
