import ArgumentParser
import Glibc
import Spatial

/// The child in which files are read: whatever happens in it, this program goes on.
struct ReadFeaturesCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "read-features", shouldDisplay: false)
  }

  func run() throws {
    serveFeatures(input: STDIN_FILENO, output: STDOUT_FILENO, confined: true)
    // All is said: no library shall crash or hang over tidying up.
    _exit(EXIT_SUCCESS)
  }
}
