import ArgumentParser

/// Measurements beside other implementations of the same, and proofs too long for the tests. Nothing here is timed by a
/// test; every subcommand prints a table.
@main
struct ParcelBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures the parts of parcels beside GEOS and PROJ, and compares what they answer.",
    discussion: """
      Measure a release build, on a machine that has nothing else to do:

        swift run -c release ParcelBenchmarks kernel
        swift run -c release ParcelBenchmarks oracle --pairs 100000 --traced 20000 --seed 1

      Times are CPU time of one thread, the least of several rounds.
      """,
    subcommands: [
      KernelBenchmark.self, PlaneBenchmark.self, LayerBenchmark.self, OracleComparison.self, LedgerMaking.self,
    ])
}
