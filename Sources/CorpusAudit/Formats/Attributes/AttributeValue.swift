/// The value of a document's attribute: a number, a word, or scores of spans.
enum AttributeValue {
    case plain(RecordCondition.Value)
    /// Spans of characters with a score each.
    case spans([(start: Double, end: Double, score: Double)])
    /// Something else, in words.
    case unusable(String)

    init(_ field: FurtherField) {
        guard field.kind == .array else {
            self = .plain(field.conditionValue)
            return
        }
        guard let spans = Self.spans(field.value) else {
            self = .unusable("a list that is none of spans, [[start, end, score], …]")
            return
        }
        self = spans.isEmpty ? .plain(.missing) : .spans(spans)
    }

    var isMissing: Bool { if case .plain(.missing) = self { true } else { false } }

    /// The numbers of `[[0, 5, 0.25], [5, 9, 1]]`; `nil` for anything else.
    private static func spans(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> [(start: Double, end: Double, score: Double)]? {
        var spans: [(start: Double, end: Double, score: Double)] = []
        let text = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        guard text != "[]" else { return [] }
        guard text.hasPrefix("[["), text.hasSuffix("]]") else { return nil }
        for part in text.dropFirst(2).dropLast(2).split(separator: "],[", omittingEmptySubsequences: false) {
            let numbers = part.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 3, let start = numbers[0], let end = numbers[1], let score = numbers[2],
                start.isFinite, end.isFinite, start >= 0, end >= start
            else { return nil }
            spans.append((start, end, score))
        }
        return spans
    }

    /// The mean of the scores, each weighted by the length of its span; or the reason why there is none, in words.
    ///
    /// The spans must cover the whole document, so that the mean describes the document.
    static func mean(
        _ spans: [(start: Double, end: Double, score: Double)], length: Int?
    ) -> Result<Double, AttributeGap> {
        let spans = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        var end = 0.0
        var sum = 0.0
        for span in spans {
            guard span.start == end else {
                return .failure(
                    AttributeGap(
                        reason: span.start > end
                            ? "no span covers the characters from \(Int(end)) to \(Int(span.start))"
                            : "two spans cover the character \(Int(span.start))"))
            }
            sum += span.score * (span.end - span.start)
            end = span.end
        }
        if let length, end != Double(length) {
            return .failure(
                AttributeGap(reason: "the spans end at character \(Int(end)), and the text has \(length)"))
        }
        return end == 0 ? .success(spans[0].score) : .success(sum / end)
    }

    /// The value for a condition; `length` is that of the text in characters, if known.
    func conditionValue(length: Int?) -> RecordCondition.Value {
        switch self {
        case .plain(let value): return value
        case .unusable(let what): return .other(what)
        case .spans(let spans):
            switch Self.mean(spans, length: length) {
            case .success(let mean): return mean.isFinite ? .number(mean) : .missing
            case .failure(let gap): return .other("spans that do not cover the text (\(gap.reason))")
            }
        }
    }
}

/// The reason why spans have no mean that describes the whole document.
struct AttributeGap: Error {
    let reason: String
}
