/// The width of one line of `text` in the units of `size`, never less than what common sans-serif faces need.
///
/// No font is read: a Chinese glyph is one em, a Latin letter 0.6, wide letters more.
func textWidth(_ text: String, size: Double) -> Double {
  var sum = 0.0
  for scalar in text.unicodeScalars { sum += ems(of: scalar) }
  return sum * size
}

private func ems(of scalar: Unicode.Scalar) -> Double {
  switch scalar.value {
  case 0x4D, 0x57, 0x6D, 0x77, 0x40, 0x25: 0.95
  case 0x41...0x5A: 0.75
  case 0x00..<0x0300: 0.6
  case 0x0300..<0x0370, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: 0
  case 0x0370..<0x1100: 0.85
  case 0x1F000...: 1.4
  default: 1
  }
}

/// `text` broken into at most `limit` lines no wider than `width`; what does not fit ends in `…`.
///
/// Chinese breaks anywhere; a Latin word is kept whole where its line allows.
func wrapped(_ text: String, width: Double, size: Double, limit: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for piece in pieces(of: text) {
    if textWidth(line + piece, size: size) <= width {
      line += piece
      continue
    }
    if !line.isEmpty { lines.append(line) }
    line = piece == " " ? "" : piece
    while textWidth(line, size: size) > width, line.count > 1 {
      var head = line
      while textWidth(head, size: size) > width, head.count > 1 { head.removeLast() }
      lines.append(head)
      line.removeFirst(head.count)
    }
  }
  if !line.isEmpty { lines.append(line) }
  guard lines.count > limit else { return lines }
  lines.removeLast(lines.count - limit)
  var last = lines.removeLast()
  while textWidth(last + "…", size: size) > width, !last.isEmpty { last.removeLast() }
  lines.append(last + "…")
  return lines
}

/// Latin words, and every other character with the signs after it that may not begin a line.
private func pieces(of text: String) -> [String] {
  var pieces: [String] = []
  var word = ""
  for character in text {
    let isLatin = character.unicodeScalars.allSatisfy { (0x21...0x024F).contains($0.value) }
    if isLatin {
      word.append(character)
    } else {
      if !word.isEmpty { pieces.append(word) }
      word = ""
      if isClosing(character), let last = pieces.popLast() {
        pieces.append(last + String(character))
      } else {
        pieces.append(character.isWhitespace ? " " : String(character))
      }
    }
  }
  if !word.isEmpty { pieces.append(word) }
  return pieces
}

private func isClosing(_ character: Character) -> Bool { "，。、；：！？）》」』】〕”’％".contains(character) }
