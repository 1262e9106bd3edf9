import Chinchilla
import Lovelace
import Muennighoff
import ScalingLaws

extension ModelCatalog {
    /// Every model that ships with the package.
    ///
    /// This is the only place that lists them.
    public static var standard: ModelCatalog {
        ModelCatalog(
            laws: Registry(laws: [MuennighoffLaw(), LovelaceLaw()] + ChinchillaLaw.all),
            curves: Registry(curves: [MuennighoffCurve()]))
    }
}
