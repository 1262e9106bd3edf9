extension ContaminationHits {
    /// What the audit of one tokenizer says of evaluation sets.
    ///
    /// - Parameters:
    ///   - sums: The sums of the tokenizer.
    ///   - sourceNames: The sources in the audit's order.
    ///   - shards: The paths of the shards, sorted.
    ///   - examples: How many of the items have an example, those with the longest matches.
    /// - Returns: The report.
    func report(
        _ sums: AuditSums, sourceNames: [String], shards: [String], examples: Int
    ) -> Audit.Contamination {
        var report = Audit.Contamination()
        report.digest = sets.digest
        report.boilerplateSequences = boilerplate.count
        report.sets = sets.names.map { Audit.Contamination.Set(name: $0) }
        let found = sums.contamination ?? ContaminationSums(sourceCount: sourceNames.count)
        var listed: [Int] = []
        for (number, item) in sets.items.enumerated() {
            report.sets[item.set].items += 1
            guard item.words >= BenchmarkSets.fewestWords else {
                report.sets[item.set].shortItems += 1
                continue
            }
            guard let sums = found.items[number] else { continue }
            let isContaminated = sets.isContaminated(number, by: sums.longest)
            // 70 % in whole numbers.
            let isCovered = 10 * sums.positions.count >= 7 * (item.words - BenchmarkIndex.words + 1)
            report.sets[item.set].contaminated += isContaminated ? 1 : 0
            report.sets[item.set].covered += isCovered ? 1 : 0
            guard isContaminated || isCovered, report.items.count < Audit.Contamination.listedItems else { continue }
            listed.append(number)
            report.items.append(
                Audit.Contamination.Item(
                    set: sets.names[item.set], id: item.id, words: item.words, longest: sums.longest,
                    coveredSequences: sums.positions.count, documents: sums.documents,
                    sources: sums.sources.sorted.map { sourceNames[$0] }))
        }
        let longest = report.items.indices.sorted { (report.items[$1].longest, $0) < (report.items[$0].longest, $1) }
        for place in longest.prefix(examples) {
            guard let example = found.examples[listed[place]] else { continue }
            report.items[place].example = Audit.Contamination.Example(
                document: .init(
                    fingerprint: example.fingerprint, source: sourceNames[example.place.rank / shards.count],
                    shard: shards[example.place.rank % shards.count], record: example.place.position),
                itemWord: example.match.itemPosition, documentWord: example.match.documentPosition)
        }
        report.sources = sourceNames.enumerated().map { place, name in
            let documents = place < found.sources.count ? found.sources[place] : []
            func row(_ set: Int, _ name: String) -> Audit.Contamination.Documents {
                let sums = set < documents.count ? documents[set] : .init()
                return .init(name: name, documents: sums.documents, tokens: sums.tokens)
            }
            return Audit.Contamination.Source(
                name: name, all: row(sets.names.count, ""),
                sets: sets.names.enumerated().map { row($0.offset, $0.element) }.filter { $0.documents > 0 })
        }
        return report
    }
}

extension ScanSettings {
    /// The hits of evaluation sets in runs; `nil` where none were looked for.
    ///
    /// - Throws: ``RunError`` where the sets are not those that were looked for, and where a file cannot be read.
    func hits(
        of sets: BenchmarkSets?, in runs: GatheredRuns, memory: Int, place: String, stop: StopSignal
    ) throws -> ContaminationHits? {
        guard let benchmarks else {
            guard sets == nil else {
                throw RunError.unsuitable(
                    path: place, reason: "no evaluation sets were looked for: scan with --benchmarks")
            }
            return nil
        }
        guard let sets, sets.digest.description == benchmarks else {
            throw RunError.unsuitable(
                path: place,
                reason: sets == nil
                    ? "evaluation sets were looked for: give the same --benchmarks as to the scan"
                    : "other evaluation sets were looked for: give the same --benchmarks as to the scan, or scan again")
        }
        return try ContaminationHits(runs.entries(of: SequenceHit.self), sets: sets, memory: memory, stop: stop)
    }
}
