import DataWallCommand
import DataWallKit

@main
enum DataWall {
    static func main() async { await DataWallCommand.main(models: .standard) }
}
