package import Foundation

/// The root of the package.
package let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The files of the sample county.
package let sampleData = packageRoot.appendingPathComponent("SampleData")

/// The path of the `parcels` that was built with the running tests: it lies beside them.
package let builtProgram: String = {
  let running =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  let beside = URL(fileURLWithPath: running).deletingLastPathComponent().appendingPathComponent("parcels").path
  if FileManager.default.isExecutableFile(atPath: beside) { return beside }
  return packageRoot.appendingPathComponent(".build/debug/parcels").path
}()
