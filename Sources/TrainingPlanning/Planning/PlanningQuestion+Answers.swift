import Quantities
import ScalingLaws

extension PlanningQuestion {
    /// A law's own answer.
    struct Answer {
        var question: Question
        var best: Candidate
        var basins: [Candidate]

        /// The sets of coefficients that the law may have, or why it has none.
        var sets: Result<CoefficientSets, CoefficientSets.Absence>

        /// The plans of those sets.
        var members: [Question.MemberPlan] = []

        init(_ question: Question, basins: [Candidate]) throws(PlanningError) {
            self.question = question
            self.basins = basins
            best = try question.bounded(basins[0])
            do throws(CoefficientSets.Absence) {
                sets = .success(try CoefficientSets(question.card))
            } catch { sets = .failure(error) }
        }

        var law: String { question.card.identifier }

        /// How far the law's own plan lies outside what it was fitted on.
        var extrapolation: Double { question.recommendation(best).extrapolation.largest }

        /// Asks the sets of coefficients, at most so many.
        mutating func askSets(limit: Int = .max) throws(PlanningError) {
            guard case .success(let sets) = sets else { return }
            members = try question.memberPlans(of: sets, around: best, limit: limit)
        }

        /// Where loss, size, tokens and epochs lie.
        func intervals(limit: Int = .max) throws(PlanningError) -> Intervals? {
            try question.intervals(at: best, over: try? sets.get(), known: members, limit: limit)
        }
    }

    /// How far outside its fitted range a law's own plan may lie where others lie inside theirs.
    private static var tolerableExtrapolation: Double { 3 }

    /// The answers of the laws that apply, and the laws that are left out.
    ///
    /// Left out are laws without values, or of one quantity alone; those that do not model repetition where their plans
    /// repeat data; those that cannot reach the target; those that count other parameters than the rest; and those that
    /// alone would lie far outside what they were fitted on.
    func answers() throws(PlanningError) -> (answers: [Answer], leftOut: [LeftOutLaw]) {
        var (answers, leftOut) = try asked()
        let whole = answers.filter { $0.question.card.setup.countsEmbeddings }
        if !whole.isEmpty, whole.count < answers.count {
            for answer in answers where !answer.question.card.setup.countsEmbeddings {
                leftOut.append(
                    LeftOutLaw(
                        law: answer.law,
                        reason: "their N leaves out embeddings, so that their sizes are not those of the other laws"))
            }
            answers = whole
        }
        let nearest = answers.filter { $0.extrapolation <= Self.tolerableExtrapolation }
        if !nearest.isEmpty, nearest.count < answers.count {
            for answer in answers where answer.extrapolation > Self.tolerableExtrapolation {
                leftOut.append(
                    LeftOutLaw(
                        law: answer.law,
                        reason: "their own plans lie far outside what they were fitted on, and those of others do not"))
            }
            answers = nearest
        }
        return (answers, leftOut)
    }

    /// What each law advises, and why some advise nothing.
    private func asked() throws(PlanningError) -> (answers: [Answer], leftOut: [LeftOutLaw]) {
        var answers: [Answer] = []
        var leftOut: [LeftOutLaw] = []
        for law in planner.laws {
            let card = law.card
            guard law.weighsParametersAgainstTokens else {
                leftOut.append(
                    LeftOutLaw(law: card.identifier, reason: "they do not weigh parameters against tokens"))
                continue
            }
            let question: Question
            do throws(PlanningError) {
                question = try self.question(to: law)
            } catch {
                // A law that cannot be asked is left out; limits that leave nothing stop every law alike.
                guard case .law(let error) = error else { throw error }
                leftOut.append(LeftOutLaw(law: card.identifier, reason: Self.reason(error)))
                continue
            }
            if let target = constraints.targetLoss, let lowest = question.lowestLoss(), lowest > target {
                leftOut.append(
                    LeftOutLaw(
                        law: card.identifier, reason: "the lowest loss within their reach is above the target",
                        lowestLoss: lowest))
                continue
            }
            let answer = try Answer(question, basins: question.basins())
            guard
                card.repetition != .none || answer.best.y <= (question.landscape.kinks.first ?? .infinity) + 1e-9
            else {
                leftOut.append(
                    LeftOutLaw(
                        law: card.identifier, reason: "they do not model repetition, and their plans repeat data"))
                continue
            }
            answers.append(answer)
        }
        return (answers, leftOut)
    }

    private static func reason(_ error: LawError) -> String {
        switch error {
        case .missingCoefficient: "their coefficients have no values before a fit to your runs"
        case .missingFeature(let name, _): "they need the run's '\(name)'"
        default: "\(error)"
        }
    }

    /// One remark for each reason that laws are left out for.
    static func notes(_ leftOut: [LeftOutLaw]) -> [PlanWarning] {
        var reasons: [String] = []
        for law in leftOut where !reasons.contains(law.reason) { reasons.append(law.reason) }
        return reasons.map { reason in
            let laws = leftOut.filter { $0.reason == reason }.map { law in
                law.law + (law.lowestLoss.map { " (\(Quantity.rounded($0, digits: 5)))" } ?? "")
            }
            return PlanWarning(
                code: "laws_left_out", severity: .info,
                message: "Left out, because \(reason): \(laws.joined(separator: ", ")).")
        }
    }

    /// Refuses a question to which no law has an answer.
    static func noLaw(_ leftOut: [LeftOutLaw], target: Double?) -> PlanningError {
        let lowest = leftOut.compactMap(\.lowestLoss).min().map { ($0 * 1e6).rounded(.up) / 1e6 }
        let way =
            lowest.map {
                " A target of \(Quantity.rounded($0, digits: 7)) is the lowest that one of them reaches."
            }
            ?? ""
        return .infeasible(
            "none of the laws applies here: " + notes(leftOut).map(\.message).joined(separator: " ") + way,
            nearest: target == nil ? nil : lowest)
    }
}
