import Geodata

/// A count with areas that are sums of figures rounded parcel by parcel (逐图斑取位后汇总).
struct Tally: Hashable {
  var count = 0
  var area = Mu.zero
  var farmland = Mu.zero

  init(count: Int = 0, area: Mu = .zero, farmland: Mu = .zero) {
    (self.count, self.area, self.farmland) = (count, area, farmland)
  }

  init(_ parcels: some Sequence<Parcel>) {
    for parcel in parcels {
      count += 1
      area += parcel.declared.mu(parcel.declared.area)
      farmland += parcel.declared.mu(parcel.declared.farmland)
    }
  }
}
