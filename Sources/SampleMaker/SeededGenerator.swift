import Foundation

/// Random numbers that are the same on every machine and with every version of the standard library.
///
/// xoshiro256** seeded through SplitMix64 (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number
/// generators", 2018). A stream has its own name, so that a change to one part of the county leaves the others alone.
struct SeededGenerator {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  init(seed: UInt64, stream: String) {
    // FNV-1a of the name.
    var mixed = stream.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } ^ seed
    func splitMix() -> UInt64 {
      mixed &+= 0x9E37_79B9_7F4A_7C15
      var z = mixed
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
    state = (splitMix(), splitMix(), splitMix(), splitMix())
  }

  mutating func next() -> UInt64 {
    func rotated(_ value: UInt64, by bits: UInt64) -> UInt64 { (value << bits) | (value >> (64 - bits)) }
    let result = rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, by: 45)
    return result
  }

  /// At least 0 and less than 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + unit() * (range.upperBound - range.lowerBound)
  }

  /// At least 0 and less than `count`. The bias of the multiplication is below 2⁻³² for the counts used here.
  mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "nothing to choose from")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func integer(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }
  mutating func element<Element>(of choices: [Element]) -> Element { choices[below(choices.count)] }

  /// One of `choices` with a probability in proportion to its weight.
  mutating func weighted<Element>(_ choices: [(Element, Double)]) -> Element {
    var rest = unit() * choices.reduce(0) { $0 + $1.1 }
    for (choice, weight) in choices.dropLast() {
      rest -= weight
      if rest < 0 { return choice }
    }
    return choices[choices.count - 1].0
  }

  /// Log-normal with mean 1; `sigma` is the spread of the logarithm.
  mutating func spread(sigma: Double) -> Double {
    let normal = (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    return exp(sigma * normal - sigma * sigma / 2)
  }

  /// Fisher–Yates.
  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(last, below(last + 1)) }
  }
}
