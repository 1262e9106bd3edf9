import Quantities
import ScalingLaws

extension PlanningQuestion {
    /// A law that represents its family, with its own advice.
    struct Answer {
        var question: Question

        /// The best run under the law's central coefficients; where ``lowestLoss`` is above the target, the run of lowest
        /// loss.
        var best: Candidate

        /// The lowest loss within reach if no run reaches the target, or `nil`.
        var lowestLoss: Double?

        /// The sets of coefficients that the law may have, or the reason why it has none.
        var sets: Result<CoefficientSets, CoefficientSets.Absence>

        var distance = FamilyDistance(compute: nil, epochs: nil, uniqueTokens: nil)
        var weight = 1.0
        var contrastError: Double?

        init(_ question: Question, best: Candidate, lowestLoss: Double? = nil) throws(PlanningError) {
            self.question = question
            self.best = lowestLoss == nil ? try question.bounded(best) : best
            self.lowestLoss = lowestLoss
            do throws(CoefficientSets.Absence) {
                sets = .success(try CoefficientSets(question.card))
            } catch { sets = .failure(error) }
        }

        var law: String { question.card.identifier }
        var family: String { question.card.familyName }

        /// The coefficient sets that take part: at most 100, or only the law's central one.
        var draws: [[Double]] {
            (try? sets.get())?.spread(CoefficientSets.draws) ?? [question.landscape.law.coefficients]
        }
    }

    /// The laws that decide, one per family, and the laws that are left out.
    ///
    /// Left out are laws without values, laws of only one quantity, laws whose family another law represents, and laws
    /// that count parameters differently from the rest.
    func answers(
        _ resolution: PlanSearch.Resolution = .medium
    ) throws(PlanningError) -> (answers: [Answer], leftOut: [LeftOutLaw]) {
        var leftOut: [LeftOutLaw] = []
        let speakers = speakers(&leftOut)
        var answers: [Answer] = []
        for law in speakers {
            do throws(PlanningError) {
                let question = try self.question(to: law)
                if let target = constraints.targetLoss, let lowest = question.lowestLoss(), lowest.cost > target {
                    answers.append(try Answer(question, best: lowest, lowestLoss: lowest.cost))
                    continue
                }
                let best: Candidate
                if let found = question.lowest(resolution) { best = found } else { best = try question.basins()[0] }
                answers.append(try Answer(question, best: best))
            } catch {
                // A law that cannot be evaluated is left out. Limits that no run can keep stop every law alike.
                guard case .law(let problem) = error else { throw error }
                leftOut.append(LeftOutLaw(law: law.card.identifier, reason: Self.reason(problem)))
            }
        }
        return (answers, leftOut)
    }

    /// One law per family, the one with the best evidence.
    private func speakers(_ leftOut: inout [LeftOutLaw]) -> [any ScalingLaw] {
        func leave(_ laws: [any ScalingLaw], _ reason: String) {
            leftOut += laws.map { LeftOutLaw(law: $0.card.identifier, reason: reason) }
        }
        func keep(_ laws: inout [any ScalingLaw], _ reason: String, where holds: (ModelCard) -> Bool) {
            let kept = laws.filter { holds($0.card) }
            guard !kept.isEmpty, kept.count < laws.count else { return }
            leave(laws.filter { !holds($0.card) }, reason)
            laws = kept
        }
        var laws = planner.laws.filter(\.weighsParametersAgainstTokens)
        leave(
            planner.laws.filter { !$0.weighsParametersAgainstTokens }, "they do not weigh parameters against tokens")
        keep(
            &laws, "their N leaves out embeddings, so that their sizes are not those of the other laws",
            where: \.setup.countsEmbeddings)
        let epochs = scope(compute: budget?.flops ?? .infinity, laws.map(\.card)).epochs
        var speakers: [any ScalingLaw] = []
        for law in laws {
            let card = law.card
            guard let place = speakers.firstIndex(where: { $0.card.familyName == card.familyName }) else {
                speakers.append(law)
                continue
            }
            let known = speakers[place].card
            let isBetter =
                (card.contrastError(epochs: epochs) ?? .infinity) < (known.contrastError(epochs: epochs) ?? .infinity)
            let isEqual =
                card.contrastError(epochs: epochs) == known.contrastError(epochs: epochs)
            leave(
                [isBetter ? speakers[place] : law],
                isEqual
                    ? "another law of the same family was named first"
                    : "another law of the same family and better evidence speaks for it")
            if isBetter { speakers[place] = law }
        }
        return speakers
    }

    private func scope(compute: Double, _ cards: [ModelCard]) -> QuestionScope {
        let tokens = Question.mostTokens(supply, constraints)?.tokens ?? .infinity
        let sizes = constraints.sizes.max() ?? .infinity
        let parameters = Swift.min(constraints.mostParameters?.parameters ?? .infinity, sizes)
        // Limits on size and tokens together bound the compute too.
        let most = parameters < .infinity && tokens < .infinity ? 6 * parameters * tokens : .infinity
        let spent = Swift.min(compute, most)
        // For ample data, the unique tokens are those that a run reads, not all that may exist.
        let read = supply.isAmple ? (DataWall.usualTokensPerParameter * spent / 6).squareRoot() : .infinity
        return QuestionScope(
            compute: spent, uniqueTokens: Swift.min(supply.uniqueTokens, read), mostTokens: tokens,
            mostEpochs: cards.compactMap(\.validity.epochs?.upperBound).max() ?? 1)
    }

    /// Gives each family its weight for a training compute, or only for its evidence.
    func weigh(_ answers: inout [Answer], compute: Double?) {
        let cards = answers.map { ($0.question.card, $0.question.tokenScale) }
        let votes = FamilyVote.votes(
            of: cards, at: scope(compute: compute ?? .infinity, cards.map(\.0)), isDistant: compute != nil)
        for (index, vote) in votes.enumerated() {
            answers[index].distance = vote.distance
            answers[index].contrastError = vote.contrastError
            answers[index].weight = vote.weight
        }
    }

    private static func reason(_ error: LawError) -> String {
        switch error {
        case .missingCoefficient: "their coefficients have no values before a fit to your runs"
        case .missingFeature(let name, _): "they need the run's '\(name)'"
        default: "\(error)"
        }
    }

    /// One remark for each reason why laws are left out.
    static func notes(_ leftOut: [LeftOutLaw]) -> [PlanWarning] {
        var reasons: [String] = []
        for law in leftOut where !reasons.contains(law.reason) { reasons.append(law.reason) }
        return reasons.map { reason in
            let laws = leftOut.filter { $0.reason == reason }.map(\.law)
            return PlanWarning(
                code: "laws_left_out", severity: .info,
                message: "Left out, because \(reason): \(laws.joined(separator: ", ")).")
        }
    }

    /// The error for a question that no law can answer.
    static func noLaw(_ leftOut: [LeftOutLaw]) -> PlanningError {
        .infeasible(
            "none of the laws applies here: " + notes(leftOut).map(\.message).joined(separator: " "), nearest: nil)
    }
}
