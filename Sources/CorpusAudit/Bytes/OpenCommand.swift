import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The command that fetches a shard from where it is stored: `aws s3 cp {path} -`, `hadoop fs -cat {path}`.
///
/// The text is split into words once, as a shell would split it: blanks separate words, and quotes or a backslash keep
/// them together. No shell runs, so nothing is expanded, and a path with blanks or quotes stays one word.
///
/// | placeholder | becomes |
/// |---|---|
/// | `{path}` | the path that the listing gives |
/// | `{file}` | a scratch file that the command must write; without it, the shard is the command's standard output |
/// | `{etag}`, `{version}` | what the listing gives by these names |
public struct OpenCommand: Sendable {
    /// The program, as a path, and its arguments with placeholders.
    private let words: [String]

    /// Whether the command writes the shard to a scratch file.
    public let usesFile: Bool

    /// The placeholders of the listing's values that every shard must have.
    let needed: Set<String>

    /// How long to wait before each further try; their number bounds the tries.
    var delays: [Duration] = [.seconds(1), .seconds(4), .seconds(16)]

    /// How long a command may be silent before it is ended.
    var silence: Duration

    /// The room for scratch files.
    let scratch: ScratchRoom

    /// Reads a command.
    ///
    /// - Parameters:
    ///   - text: The command.
    ///   - scratchBytes: The most bytes that scratch files may take at one time.
    ///   - silence: How long the command may deliver nothing before it is ended and tried again.
    /// - Throws: ``CorpusError/unusableOpenCommand(reason:)`` for a command without `{path}`, with an unknown placeholder, with a
    ///   quote that does not end, or whose program cannot be found.
    public init(
        _ text: String, scratchBytes: Int = 50_000_000_000, silence: Duration = .seconds(60)
    ) throws(CorpusError) {
        var words = try Self.split(text)
        guard let program = words.first else { throw .unusableOpenCommand(reason: "it is empty") }
        let placeholders = Set(words.flatMap(Self.placeholders))
        let known = ["path", "file", "etag", "version"]
        if let other = placeholders.subtracting(known).sorted().first {
            throw .unusableOpenCommand(
                reason: "'{\(other)}' is no placeholder; these are \(known.map { "{\($0)}" }.joined(separator: ", "))")
        }
        guard placeholders.contains("path") else {
            throw .unusableOpenCommand(reason: "it has no {path}, so that every shard would get the same bytes")
        }
        guard Self.placeholders(in: program).isEmpty else {
            throw .unusableOpenCommand(reason: "the name of the program has a placeholder: write the program first")
        }
        guard let path = Self.program(named: program) else {
            throw .unusableOpenCommand(
                reason: "there is no program '\(program)' \(program.contains("/") ? "" : "on PATH ")that can be started"
            )
        }
        words[0] = path
        self.words = words
        usesFile = placeholders.contains("file")
        needed = placeholders.intersection(["etag", "version"])
        self.silence = silence
        scratch = ScratchRoom(bytes: scratchBytes)
    }

    /// The program's name, for messages: arguments may contain credentials.
    var name: String { words[0].split(separator: "/").last.map(String.init) ?? words[0] }

    /// The words of the command for one object; the file is where the command writes it, if it does.
    func words(for location: String, _ object: ListedObject, file: String? = nil) -> [String] {
        let values = ["path": location, "file": file ?? "", "etag": object.etag ?? "", "version": object.version ?? ""]
        return words.enumerated().map { index, word in index == 0 ? word : Self.fill(word, values) }
    }

    /// Whether a path that begins with a dash would be taken for an option.
    var takesPathFirst: Bool { words.contains { $0.hasPrefix("{path}") } }

    // MARK: Words

    /// Splits a command as a shell does, without expanding anything.
    private static func split(_ text: String) throws(CorpusError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in text {
            if isEscaped {
                // In double quotes a backslash represents itself, unless it is before one of these.
                if quote == "\"", character != "\"", character != "\\" { word = (word ?? "") + "\\" }
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil, !isEscaped else {
            throw .unusableOpenCommand(
                reason: quote.map { "a quote (\($0)) does not end" } ?? "it ends with a backslash")
        }
        return word.map { words + [$0] } ?? words
    }

    /// The names in braces of a word: letters alone, so that braces of JSON are none.
    private static func placeholders(in word: String) -> [String] {
        pieces(of: word).compactMap { $0.name }
    }

    private static func fill(_ word: String, _ values: [String: String]) -> String {
        pieces(of: word).map { piece in piece.name.map { values[$0] ?? "" } ?? piece.text }.joined()
    }

    private static func pieces(of word: String) -> [(text: String, name: String?)] {
        var pieces: [(text: String, name: String?)] = []
        var rest = word[...]
        while let open = rest.firstIndex(of: "{") {
            let inside = rest[rest.index(after: open)...]
            let name = inside.prefix { $0.isASCII && $0.isLetter }
            pieces.append((String(rest[..<open]), nil))
            if !name.isEmpty, inside[name.endIndex...].first == "}" {
                pieces.append(("", String(name)))
                rest = inside[inside.index(after: name.endIndex)...]
            } else {
                pieces.append(("{", nil))
                rest = inside
            }
        }
        return pieces + [(String(rest), nil)]
    }

    /// The path of a program, looked for as the shell does; `nil` where there is none.
    private static func program(named name: String) -> String? {
        func isProgram(_ path: String) -> Bool {
            (try? FileStatus(path: path))?.kind == .file && access(path, X_OK) == 0
        }
        if name.contains("/") { return isProgram(name) ? name : nil }
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(
            separator: ":", omittingEmptySubsequences: false)
        return folders.map { CorpusPath.join($0.isEmpty ? "." : String($0), name) }
            .map { $0.contains("/") ? $0 : "./" + $0 }.first(where: isProgram)
    }
}

extension OpenCommand: Hashable {
    /// Whether two commands have the same words and the same scratch room.
    public static func == (first: OpenCommand, second: OpenCommand) -> Bool {
        first.words == second.words && first.scratch === second.scratch
    }

    /// Hashes the words.
    public func hash(into hasher: inout Hasher) { hasher.combine(words) }
}
