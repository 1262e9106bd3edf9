package import OrderedJSON

/// The declarations of a manifest, as stored with the runs of a scan.
struct SourceManifest: JSONRecord, Equatable {
    /// XXH3-128 of the list of sources on one line.
    var digest = ""
    /// The sources in the manifest's order.
    var sources: [SourceDeclaration] = []

    static let blank = SourceManifest()
    static let fields: [JSONField<SourceManifest>] = [
        .init("digest", \.digest, "XXH3-128 of the list of sources on one line."),
        .init("sources", \.sources, "The sources in the manifest's order.", .notEmpty),
    ]

    func check(at place: JSONPlace) throws(JSONPathError) {
        guard digest == Self(sources).digest else { throw place.failure("has the digest of other sources") }
    }
}

extension SourceManifest {
    init(_ sources: [SourceDeclaration]) {
        digest = Array(sources.json.compactText.utf8).withUnsafeBufferPointer { Fingerprint(of: $0).description }
        self.sources = sources
    }
}

extension SourceDeclaration: JSONRecord {
    package static var blank: SourceDeclaration { SourceDeclaration(name: "") }
    package static let fields: [JSONField<SourceDeclaration>] = [
        .init("name", \.name, "The source's name."),
        .init("quality", \.quality, "The weight of its tokens.", .notNegative),
        .init("max_epochs", \.maximumEpochs, "The most epochs a plan may take.", .notNegative),
        .init("floor", \.floor, "The least share of a mixture.", .share),
        .init("quality_map", \.qualityMap, "How scores become weights, if the manifest says so."),
    ]
}

extension [SourceDeclaration] {
    /// The differences from another manifest's list, each with the old value first.
    func changes(from old: [SourceDeclaration]) -> [String] {
        func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "none" }
        var changes: [String] = []
        for before in old {
            guard let now = first(where: { ByteName($0.name) == ByteName(before.name) }) else {
                changes.append("the source \(before.name) is gone")
                continue
            }
            let name = now.name
            for (what, before, now) in [
                ("quality", text(before.quality), text(now.quality)),
                ("max_epochs", text(before.maximumEpochs), text(now.maximumEpochs)),
                ("floor", text(before.floor), text(now.floor)),
                ("quality_map", before.qualityMap?.description ?? "none", now.qualityMap?.description ?? "none"),
            ] where before != now {
                changes.append("\(what) of \(name): \(before) → \(now)")
            }
        }
        let known = Set(old.map { ByteName($0.name) })
        for source in self where !known.contains(ByteName(source.name)) {
            changes.append("the source \(source.name) is new")
        }
        let names = (old.map { ByteName($0.name) }, map { ByteName($0.name) })
        if changes.isEmpty, names.0 != names.1 {
            func list(_ names: [ByteName]) -> String { names.map(\.text).joined(separator: ", ") }
            changes.append("order of sources: \(list(names.0)) → \(list(names.1))")
        }
        return changes
    }
}
