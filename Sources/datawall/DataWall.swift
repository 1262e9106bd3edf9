import DataWallCommand
import DataWallKit

@main
enum DataWall {
    // On the main thread from the start: other threads may not be had where memory is bounded.
    @MainActor static func main() async { await DataWallCommand.main(models: .standard) }
}
