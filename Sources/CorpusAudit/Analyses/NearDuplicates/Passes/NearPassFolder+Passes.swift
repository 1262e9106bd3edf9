extension NearPassFolder {
    /// Works on some partitions of a pass, unless their output exists.
    ///
    /// - Throws: The errors of ``RunMerger/run(_:of:partitions:)``.
    func run(
        _ pass: NearPass, over committed: CommittedRuns, partitions: PartitionRange, memory: Int, stop: StopSignal
    ) throws -> NearPassReport {
        let runs = committed.harvest.runs
        let search = NearSearch(memory: memory, thresholds: NearFindings.thresholds)
        let before = try pass.before.map { (before) throws(RunError) in try outputs(of: before) }
        let source = before?.digest ?? ""
        if let report = try finished(pass, partitions, madeFrom: source) { return report }
        return try write(pass, partitions, madeFrom: source) { store in
            var output = NearPassOutput()
            let inputs = NearSearch.SortedRuns(runs: before?.runs ?? [], store: store)
            switch pass {
            case .pairs:
                let (pairs, buckets) = try search.findPairs(
                    runs.entries(of: BandEntry.self), partitions: partitions, store: store, stop: stop)
                output.buckets = buckets
                return (output, pairs.runs)
            case .counts:
                // All outputs of the pass before, so that each of these knows all buckets.
                for commit in before?.commits ?? [] { output.buckets.merge(commit.buckets) }
                return (output, try search.countPairs(inputs, partitions: partitions, store: store, stop: stop).runs)
            case .copies:
                let found = try search.findCopies(
                    inputs, sampled: runs.entries(of: SampledText.self), store: store, stop: stop)
                output.buckets = before?.commits.first?.buckets ?? NearBuckets()
                output.largestCluster = found.largestCluster
                output.clusters = found.clusters.enumerated().filter { $0.element.clusters > 0 }.map {
                    .init(bucket: $0.offset, clusters: $0.element.clusters, units: $0.element.units)
                }
                return (output, found.marks)
            }
        }
    }
}
