/// Names the files of written documents after the shards, relative to the folder that was scanned.
struct WrittenNames {
    /// The suffix of written files.
    static let suffix = ".jsonl.zst"

    /// The names, in the order of the shards.
    let names: [String]

    /// Names files for shards.
    ///
    /// A name is the shard's path below the folder that was named to the scan, or below the one that contains all of
    /// several paths. `.jsonl.zst` replaces the suffixes of the format. Shards whose names differ only in these
    /// suffixes keep them. A name that is too long for a file with these suffixes is cut and ends in a digest of the whole
    /// name.
    init(of paths: [String], request: CorpusRequest?) {
        let shards = paths.map(Self.components)
        let base = Self.base(of: shards, paths: Set(paths.map { ByteName($0) }), request)
        let whole = shards.map { Self.fileName($0.dropFirst(min(base, $0.count - 1))) }
        let short = whole.map { name -> String in
            let folder = name.lastIndex(of: "/").map { name[...$0] } ?? ""
            return folder + SampleFolder.stem(of: name[folder.endIndex...])
        }
        var names = short.map { $0 + Self.suffix }
        for (index, isShared) in Self.shared(names).enumerated() where isShared {
            names[index] = whole[index] + Self.suffix
        }
        for (index, isShared) in Self.shared(names).enumerated() where isShared {
            names[index] = "\(whole[index]).\(index)\(Self.suffix)"
        }
        self.names = names
    }

    private static func shared(_ names: [String]) -> [Bool] {
        let counts = Dictionary(names.map { (ByteName($0), 1) }, uniquingKeysWith: +)
        return names.map { counts[ByteName($0), default: 0] > 1 }
    }

    private static func components(_ path: String) -> [Substring] {
        path.split(separator: "/").filter { $0 != "." }
    }

    /// How many leading folders of the shards' paths their names leave out.
    private static func base(of shards: [[Substring]], paths: Set<ByteName>, _ request: CorpusRequest?) -> Int {
        func common(_ folders: [[Substring]]) -> [Substring] {
            guard var shared = folders.first else { return [] }
            for folder in folders.dropFirst() {
                shared = zip(shared, folder).prefix { ByteName(String($0)) == ByteName(String($1)) }.map(\.0)
            }
            return shared
        }
        func holdsAll(_ base: [Substring]) -> Bool {
            shards.allSatisfy { $0.count > base.count && common([$0, base]).count == base.count }
        }
        if let request, request.manifest == nil, !request.paths.isEmpty {
            let named = request.paths.map { path in
                paths.contains(ByteName(path)) ? Array(components(path).dropLast()) : components(path)
            }
            let base = common(named)
            if holdsAll(base) { return base.count }
        }
        return common(shards.map { Array($0.dropLast()) }).count
    }

    /// A relative path; a component with a dot in front would be a hidden file, or lead out of the folder, and a long name
    /// leaves no room for the suffixes.
    private static func fileName(_ components: ArraySlice<Substring>) -> String {
        let isLong = (components.last?.utf8.count ?? 0) > longestName
        return components.enumerated().map { place, component in
            component.hasPrefix(".") || isLong && place == components.count - 1
                ? SampleFolder.fileName(String(component)) : String(component)
        }.joined(separator: "/")
    }

    /// The longest name before its suffixes, in bytes.
    ///
    /// File names have at most 255 bytes. The suffixes of a file that is being written take 18 of them, and a number that
    /// tells two shards apart takes some more.
    private static let longestName = 230
}
