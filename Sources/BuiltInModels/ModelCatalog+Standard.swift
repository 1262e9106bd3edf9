import Bounded
import Chinchilla
import ComputeOptimal
import EffectiveData
import Gadre
import InferenceCost
import InfoLaw
import Kaplan
import Lovelace
import Muennighoff
import PearceSong
import PowerLaws
import RepetitionRecipes
import Sampling
import ScalingLaws
import Sedova
import StepLaw
public import TrainingPlanning
import UniMax

extension ModelCatalog {
    /// Every model that ships with the package.
    ///
    /// This is the only place that lists them.
    public static var standard: ModelCatalog {
        ModelCatalog(
            laws: Registry(laws: standardLaws), curves: Registry(curves: standardCurves),
            objectives: Registry(objectives: standardObjectives),
            hyperparameters: Registry(
                hyperparameters: [StepLaw(), KaplanBatch(), RepetitionRecipe.kim, RepetitionRecipe.xu]),
            mixtures: Registry(mixtures: standardMixtures))
    }

    private static var standardObjectives: [any PlanningObjective] {
        [MinimumLoss(), MinimumTotalFLOPs(), MinimumDollars(), MinimumLossPlusCost()]
    }

    /// Sampling by another temperature than the registry's, under the same name.
    ///
    /// - Parameter temperature: T, above 0; 1 is proportional.
    /// - Returns: The method.
    public static func sampling(temperature: Double) -> any MixtureMethod {
        TemperatureMixture(temperature: temperature)
    }

    private static var standardMixtures: [any MixtureMethod] {
        EffectiveDataMixture.all + [ProportionalMixture(), UniMaxMixture(), TemperatureMixture()]
    }

    private static var standardLaws: [any ScalingLaw] {
        var laws: [any ScalingLaw] = [MuennighoffLaw(), BoundedOverfittingLaw()]
        laws += LovelaceLaw.Form.allCases.map { LovelaceLaw($0) }
        laws += [BoundedLogLaw(), LovelaceLogLaw(), SoftChinchillaLaw(), SoftMuennighoffLaw(), ChinchillaLogLaw()]
        laws += ChinchillaLaw.all
        laws += KaplanLaw.all
        laws += [PearceSongLaw()]
        laws += [BoundedLaw(), GadreLaw()]
        laws += PowerLaw.allCases
        return laws
    }

    private static var standardCurves: [any RepetitionCurve] {
        [MuennighoffCurve(), InfoLawCurve(), SedovaCurve()]
    }
}
