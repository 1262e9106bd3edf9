/// Turns runs into sums, on several threads, each with a range of fingerprints.
struct CountingPass: Sendable {
    let runs: [Run]
    let plan: OriginPlan
    let threads: Int
    /// Bytes of memory for the windows of the merges.
    let memory: Int
    var partitions = PartitionRange.all
    var topCopies = 0
    /// How the sums of each tokenizer become tokens.
    let measures: [TokenMeasure]
    /// What is known of near copies, where they are sought.
    var nearMarks: NearMarks?
    /// The hits of evaluation sets, where these are looked for.
    var contamination: ContaminationHits?
    /// Is told of records that were counted, if anyone looks.
    var progress: MergeProgress?

    /// The sums by each tokenizer, without what sources share by near copies, and the texts of clusters, which tell that
    /// once those of all partitions are there.
    ///
    /// Throws ``RunError`` where a run is damaged, and `CancellationError` where the signal is requested.
    func part(stop: StopSignal) throws -> CountedPart {
        let counters = ColumnCounters(plan: plan, measures: measures, topCopies: topCopies)
        let whole = wholeRun
        let shared = try whole?.records.shared(inOrder: contamination != nil)
        let ranges = partitions.parts(threads)
        let parts = try WorkerThreads.map(ranges.count, stop: stop) { number, stop in
            let part = ranges[number]
            var counters = counters
            let joins = OwnerJoins(
                near: try nearMarks?.join(
                    from: part.low, below: part.high, tokenizers: measures.count, sources: plan.sourceWeights.count,
                    threads: threads),
                contamination: try contamination.map { hits throws(RunError) in
                    try ContaminationJoin(
                        hits, from: part.low, below: part.high, tokenizers: measures.count,
                        sources: plan.sourceWeights.count)
                })
            if let whole, let shared {
                let lone = shared.count * number / threads..<shared.count * (number + 1) / threads
                let others = joins.isEmpty ? shared.places(from: part.low, below: part.high) : 0..<0
                try counters.add(shared, lone: lone, others: others, rows: whole.rows, stop: stop)
                if !joins.isEmpty {
                    let cursor = EntryCursor(shared.sorted, rows: whole.rows, from: part.low, below: part.high)
                    try counters.add(
                        groupsOf: GroupMerge([cursor], memory: memory / threads), joins: joins, stop: stop)
                }
            } else {
                try counters.add(
                    groupsOf: merge(from: part.low, below: part.high), joins: joins, progress: progress, stop: stop)
            }
            var sums = counters.sums
            try joins.contamination?.finish(into: &sums)
            return try joins.near?.added(to: sums) ?? CountedPart(sums: sums)
        }
        var sums = [AuditSums](
            repeating: AuditSums(sourceCount: plan.sourceWeights.count, topCopies: topCopies), count: measures.count)
        for part in parts {
            for (index, sum) in part.sums.enumerated() {
                guard sums[index].magnitude + sum.magnitude < 1 << 62 else {
                    throw RunError.unsuitable(
                        path: "these runs", reason: "they add up to more bytes or tokens than can be")
                }
                sums[index].merge(sum)
            }
        }
        return CountedPart(sums: sums, clusterShares: parts.flatMap(\.clusterShares))
    }

    /// A merge of the runs' records in a range of fingerprints.
    ///
    /// It alone holds the cursors: another reference would keep the first block of every run, as much again as all of
    /// them may take.
    private func merge(from low: UInt64, below high: UInt64?) throws(RunError) -> GroupMerge<UnitRecord> {
        var cursors: [EntryCursor<UnitRecord>] = []
        for run in runs { cursors.append(try run.cursor(from: low, below: high, among: runs.count)) }
        return try GroupMerge(cursors, memory: memory / threads)
    }

    /// The one run there is, where it is in memory and is reduced whole: then most of its records need no order.
    private var wholeRun: (records: HeldRecords, rows: RecordRows?)? {
        guard nearMarks == nil, runs.count == 1, partitions == .all,
            case .memory(let records, let rows, _) = runs[0],
            // Marks that are only found here are not set for records that entries are joined with.
            contamination == nil || records.knowsShared
        else { return nil }
        return (records, rows)
    }
}

/// What the owners of distinct texts are joined with.
private struct OwnerJoins {
    var near: NearJoin?
    var contamination: ContaminationJoin?

    var isEmpty: Bool { near == nil && contamination == nil }
}

/// One counter a tokenizer: each decides and sums as it would alone.
private struct ColumnCounters: Sendable {
    let plan: OriginPlan
    let measures: [TokenMeasure]
    private var counters: [DuplicateCounter]

    init(plan: OriginPlan, measures: [TokenMeasure], topCopies: Int) {
        self.plan = plan
        self.measures = measures
        counters = [DuplicateCounter](
            repeating: DuplicateCounter(sourceWeights: plan.sourceWeights, topCopies: topCopies), count: measures.count)
    }

    var sums: [AuditSums] { counters.map(\.total) }

    /// Adds records of a run in memory: from one range of places those that are the only ones of their texts, and from
    /// another range the others.
    mutating func add(
        _ records: SharedRecords, lone: Range<Int>, others: Range<Int>, rows: RecordRows?, stop: StopSignal
    ) throws {
        for start in stride(from: lone.lowerBound, to: lone.upperBound, by: Self.recordsPerLook) {
            try stop.check()
            let places = start..<min(start + Self.recordsPerLook, lone.upperBound)
            if rows == nil {
                addPlain(records, lone: places)
            } else {
                records.forEachLone(in: places) { record in
                    add(record, run: 0) { rows }
                    finishGroup()
                }
            }
        }
        var start = others.lowerBound
        while start < others.upperBound {
            try stop.check()
            let places = start..<others.upperBound
            if rows == nil {
                start = addPlain(records, others: places)
            } else {
                start = records.forEachText(in: places, most: Self.recordsPerLook) { record in
                    add(record, run: 0) { rows }
                } finish: {
                    finishGroup()
                }
            }
        }
    }

    /// Adds records without rows, which have one counter.
    private mutating func addPlain(_ records: SharedRecords, lone places: Range<Int>) {
        // Local while the loop runs: each access through an array is checked.
        var counter = counters[0]
        let (plan, measure) = (plan, measures[0])
        records.forEachLone(in: places) { record in
            counter.add(plan.plainCopy(record, measure), record.fingerprint)
            counter.finishGroup()
        }
        counters[0] = counter
    }

    private mutating func addPlain(_ records: SharedRecords, others places: Range<Int>) -> Int {
        var counter = counters[0]
        let (plan, measure) = (plan, measures[0])
        let end = records.forEachText(in: places, most: Self.recordsPerLook) { record in
            counter.add(plan.plainCopy(record, measure), record.fingerprint)
        } finish: {
            counter.finishGroup()
        }
        counters[0] = counter
        return end
    }

    /// Records, or groups of them, between two looks at whether the work should end.
    private static let recordsPerLook = 1 << 20

    /// Adds all groups of a merge.
    mutating func add(
        groupsOf merge: consuming GroupMerge<UnitRecord>, joins: OwnerJoins = OwnerJoins(),
        progress: MergeProgress? = nil, stop: StopSignal
    ) throws {
        var isAtEnd = false
        while !isAtEnd {
            let records = try addGroups(of: &merge, joins, &isAtEnd)
            progress?.add(records: records)
            try stop.check()
        }
    }

    /// Adds some groups of a merge; returns how many records they have.
    private mutating func addGroups(
        of merge: inout GroupMerge<UnitRecord>, _ joins: OwnerJoins, _ isAtEnd: inout Bool
    ) throws(RunError) -> Int {
        let rows = merge.columns
        var records = 0
        for _ in 0..<Self.recordsPerLook {
            let isGroup = try merge.nextGroup { record, run in
                add(record, run: run) { rows[run]?.columns }
                records += 1
            }
            guard isGroup else {
                isAtEnd = true
                break
            }
            if joins.isEmpty { finishGroup() } else { try finishGroup(joins) }
        }
        return records
    }

    @inline(__always)
    private mutating func add(_ record: UnitRecord, run: Int, rows: () -> RecordRows?) {
        guard let rows = rows() else {
            return counters[0].add(plan.plainCopy(record, run: run, measures[0]), record.fingerprint)
        }
        let origin = plan.origin(of: record, run: run)
        let score = rows.score(record.tokens)
        for column in counters.indices {
            let tokens = measures[column].amount(
                of: record, counted: rows[record.tokens, column], source: origin.source)
            counters[column].add(
                plan.copy(record, from: origin, tokens: tokens, score: score), record.fingerprint)
        }
    }

    @inline(__always)
    private mutating func finishGroup() { for column in counters.indices { counters[column].finishGroup() } }

    /// Ends the current group, and joins it with what is known of its text.
    private mutating func finishGroup(_ joins: OwnerJoins) throws(RunError) {
        for column in counters.indices {
            guard let owner = counters[column].finishGroup() else { continue }
            let fingerprint = counters[column].fingerprint
            try joins.near?.add(fingerprint, owner: owner, tokenizer: column)
            try joins.contamination?.add(fingerprint, owner: owner, tokenizer: column)
        }
    }
}
