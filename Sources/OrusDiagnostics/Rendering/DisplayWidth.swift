// How many columns a terminal uses for a character: carets line up only if this
// is known. Combining marks use none, East Asian wide characters and emoji two.

/// A character as it is shown, with its width. Control characters and those that
/// reorder text are replaced by visible ones, so that no source file and no
/// message can change what a terminal shows around it.
struct DisplayCharacter {
  let scalar: Unicode.Scalar
  let width: Int
}

/// The width of characters in sequence: some depend on what stands before them.
struct WidthCounter {
  private var previous: Unicode.Scalar = " "
  private var previousWidth = 1

  /// What is shown for `scalar`. A tab must be handled by the caller, who knows the column.
  mutating func next(_ scalar: Unicode.Scalar) -> DisplayCharacter {
    let shown = visible(scalar)
    var width = baseWidth(shown)
    switch shown.value {
    case 0xFE0F:
      // Asks for the emoji form of the character before, which is wide.
      width = previousWidth == 1 && (0x203C...0x3299).contains(previous.value) ? 1 : 0
    case 0x1F3FB...0x1F3FF where previous.properties.isEmojiModifierBase:
      width = 0
    default:
      if previous.value == 0x200D, shown.properties.isEmoji { width = 0 }
    }
    previous = shown
    previousWidth = width
    return DisplayCharacter(scalar: shown, width: width)
  }
}

func displayWidth(_ text: String) -> Int {
  if isPlain(text) { return text.utf8.count }
  var counter = WidthCounter()
  var width = 0
  for scalar in text.unicodeScalars { width += counter.next(scalar).width }
  return width
}

/// The text as it may be shown on a terminal, line breaks kept.
func visibleText(_ text: String) -> String {
  if isPlain(text) { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n": result.unicodeScalars.append("\n")
    case "\t": result += "    "
    default: result.unicodeScalars.append(visible(scalar))
    }
  }
  return result
}

/// Nothing but printable ASCII, as most text is: one column a byte.
func isPlain(_ text: String) -> Bool {
  text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
}

private func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x20...0x7E: scalar
  case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)!
  case 0x7F: "\u{2421}"
  case 0x80..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: "\u{FFFD}"
  default: scalar
  }
}

private func baseWidth(_ scalar: Unicode.Scalar) -> Int {
  let value = scalar.value
  if value < 0x300 { return value == 0xAD ? 0 : 1 }
  // The vowels and final consonants of Hangul join the consonant before them.
  if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return isWide(value) ? 2 : 1
  }
}

private func isWide(_ value: UInt32) -> Bool {
  if value < 0x1100 { return false }
  var low = 0
  var high = wideRanges.count
  while low < high {
    let middle = (low + high) / 2
    let (first, last) = wideRanges[middle]
    if value < first { high = middle } else if value > last { low = middle + 1 } else { return true }
  }
  return false
}

/// East_Asian_Width W and F of Unicode 15.1, neighbouring ranges joined over unassigned code points.
private let wideRanges: [(UInt32, UInt32)] = [
  (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x23F0, 0x23F0), (0x23F3, 0x23F3),
  (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653), (0x267F, 0x267F), (0x2693, 0x2693), (0x26A1, 0x26A1),
  (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26C4, 0x26C5), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x26EA, 0x26EA),
  (0x26F2, 0x26F3), (0x26F5, 0x26F5), (0x26FA, 0x26FA), (0x26FD, 0x26FD), (0x2705, 0x2705), (0x270A, 0x270B),
  (0x2728, 0x2728), (0x274C, 0x274C), (0x274E, 0x274E), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797),
  (0x27B0, 0x27B0), (0x27BF, 0x27BF), (0x2B1B, 0x2B1C), (0x2B50, 0x2B50), (0x2B55, 0x2B55), (0x2E80, 0x303E),
  (0x3041, 0x3247), (0x3250, 0x4DBF), (0x4E00, 0xA4CF), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF),
  (0xFE10, 0xFE19), (0xFE30, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18D08), (0x1AFF0, 0x1B2FB),
  (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF), (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320),
  (0x1F32D, 0x1F335), (0x1F337, 0x1F37C), (0x1F37E, 0x1F393), (0x1F3A0, 0x1F3CA), (0x1F3CF, 0x1F3D3),
  (0x1F3E0, 0x1F3F0), (0x1F3F4, 0x1F3F4), (0x1F3F8, 0x1F43E), (0x1F440, 0x1F440), (0x1F442, 0x1F4FC),
  (0x1F4FF, 0x1F53D), (0x1F54B, 0x1F54E), (0x1F550, 0x1F567), (0x1F57A, 0x1F57A), (0x1F595, 0x1F596),
  (0x1F5A4, 0x1F5A4), (0x1F5FB, 0x1F64F), (0x1F680, 0x1F6C5), (0x1F6CC, 0x1F6CC), (0x1F6D0, 0x1F6D2),
  (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF), (0x1F6EB, 0x1F6EC), (0x1F6F4, 0x1F6FC), (0x1F7E0, 0x1F7EB),
  (0x1F7F0, 0x1F7F0), (0x1F90C, 0x1F93A), (0x1F93C, 0x1F945), (0x1F947, 0x1F9FF), (0x1FA70, 0x1FAFF),
  (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),
]
