import Foundation

/// The text files under some folders, in the order of their paths.
struct TextFiles {
    private let paths: [String]

    init(roots: [String]) { paths = roots.flatMap(Self.walk).sorted() }

    func files(endingIn suffixes: [String]) -> [String] {
        paths.filter { path in suffixes.contains { path.hasSuffix($0) } }
    }

    private static func walk(_ path: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasPrefix(".") }.flatMap { walk(path + "/" + $0) }
    }
}
