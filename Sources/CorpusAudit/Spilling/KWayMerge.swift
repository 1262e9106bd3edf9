/// Walks several runs of entries together, in the order of all.
///
/// - Complexity: O(log *k*) an entry for *k* runs.
struct KWayMerge<Entry: SpilledEntry> {
    private var cursors: [EntryCursor<Entry>]
    /// Indices of cursors with entries left: a binary heap by their entry in hand.
    private var heap: [Int] = []

    init(_ cursors: consuming [EntryCursor<Entry>]) {
        self.cursors = cursors
        for run in self.cursors.indices where !self.cursors[run].isAtEnd {
            heap.append(run)
            siftUp(heap.count - 1)
        }
    }

    /// The next entry in order.
    ///
    /// Of entries that are alike any may come first.
    mutating func next() throws(RunError) -> Entry? {
        guard let run = heap.first else { return nil }
        let entry = cursors[run].current
        try cursors[run].advance()
        dropFinished(run)
        siftDown()
        return entry
    }

    /// Takes the first run out of the heap where its entries have ended.
    private mutating func dropFinished(_ run: Int) {
        guard cursors[run].isAtEnd else { return }
        let last = heap.removeLast()
        if !heap.isEmpty { heap[0] = last }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        Entry.precedes(cursors[left].current, cursors[right].current)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0, precedes(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { return }
            if child + 1 < heap.count, precedes(heap[child + 1], heap[child]) { child += 1 }
            guard precedes(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            parent = child
        }
    }
}
