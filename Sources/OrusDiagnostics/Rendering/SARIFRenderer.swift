/// A SARIF 2.1.0 log of one run, for code scanning services and editors.
struct SARIFRenderer {
  let files: SourceFiles
  let toolVersion: String

  func render(_ diagnostics: [Diagnostic]) -> String {
    var ruleIndex: [String: Int] = [:]
    var rules: [(code: String, title: String)] = []
    for diagnostic in diagnostics where ruleIndex[diagnostic.code] == nil {
      ruleIndex[diagnostic.code] = rules.count
      rules.append((diagnostic.code, diagnostic.title))
    }
    var json = JSONWriter()
    json.object { json in
      json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.field("version", "2.1.0")
      json.key("runs")
      json.array(CollectionOfOne(())) { json, _ in
        json.object { json in
          tool(&json, rules)
          json.field("columnKind", "unicodeCodePoints")
          json.key("results")
          json.array(diagnostics) { json, diagnostic in
            result(&json, diagnostic, ruleIndex: ruleIndex[diagnostic.code]!)
          }
        }
      }
    }
    return json.text + "\n"
  }

  private func tool(_ json: inout JSONWriter, _ rules: [(code: String, title: String)]) {
    json.key("tool")
    json.object { json in
      json.key("driver")
      json.object { json in
        json.field("name", "orus")
        json.field("version", toolVersion)
        json.key("rules")
        json.array(rules) { json, rule in
          json.object { json in
            json.field("id", rule.code)
            text(&json, "shortDescription", rule.title)
          }
        }
      }
    }
  }

  private func result(_ json: inout JSONWriter, _ diagnostic: Diagnostic, ruleIndex: Int) {
    json.object { json in
      json.field("ruleId", diagnostic.code)
      json.field("ruleIndex", ruleIndex)
      json.field("level", diagnostic.severity == .warning ? "warning" : "error")
      let parts = [diagnostic.message, diagnostic.explanation] + diagnostic.help.map { "Help: " + $0.text }
      text(&json, "message", parts.filter { !$0.isEmpty }.joined(separator: "\n"))
      json.key("locations")
      json.array(CollectionOfOne(diagnostic.primary)) { json, label in location(&json, label, id: nil) }
      if !diagnostic.secondary.isEmpty {
        json.key("relatedLocations")
        json.array(diagnostic.secondary.enumerated()) { json, label in
          location(&json, label.element, id: label.offset)
        }
      }
      let fixes = diagnostic.help.filter { !$0.edits.isEmpty }
      if !fixes.isEmpty {
        json.key("fixes")
        json.array(fixes, fix)
      }
      if !diagnostic.backtrace.isEmpty {
        json.key("stacks")
        json.array(CollectionOfOne(diagnostic.backtrace), stack)
      }
    }
  }

  private func location(_ json: inout JSONWriter, _ label: Label, id: Int?) {
    json.object { json in
      if let id { json.field("id", id) }
      json.key("physicalLocation")
      json.object { json in
        artifact(&json, files[label.span.file].path)
        json.key("region")
        region(&json, label.span)
      }
      if !label.text.isEmpty { text(&json, "message", label.text) }
    }
  }

  private func fix(_ json: inout JSONWriter, _ help: Help) {
    var order: [FileID] = []
    for edit in help.edits where !order.contains(edit.span.file) { order.append(edit.span.file) }
    json.object { json in
      text(&json, "description", help.text)
      json.key("artifactChanges")
      json.array(order) { json, file in
        json.object { json in
          artifact(&json, files[file].path)
          json.key("replacements")
          json.array(help.edits.filter { $0.span.file == file }) { json, edit in
            json.object { json in
              json.key("deletedRegion")
              region(&json, edit.span)
              text(&json, "insertedContent", edit.replacement)
            }
          }
        }
      }
    }
  }

  private func stack(_ json: inout JSONWriter, _ frames: [BacktraceFrame]) {
    json.object { json in
      json.key("frames")
      json.array(frames) { json, frame in
        json.object { json in
          json.key("location")
          json.object { json in
            json.key("physicalLocation")
            json.object { json in
              artifact(&json, frame.file)
              json.key("region")
              json.object { $0.field("startLine", max(1, frame.line)) }
            }
            json.key("logicalLocations")
            json.array(CollectionOfOne(frame.function)) { json, name in
              json.object { $0.field("fullyQualifiedName", name) }
            }
          }
        }
      }
    }
  }

  private func artifact(_ json: inout JSONWriter, _ path: String) {
    json.key("artifactLocation")
    json.object { $0.field("uri", uriReference(path)) }
  }

  private func region(_ json: inout JSONWriter, _ span: Span) {
    let start = files[span.file].position(of: span.start)
    let end = files[span.file].position(of: max(span.start, span.end))
    json.object { json in
      json.field("startLine", start.line)
      json.field("startColumn", start.column)
      json.field("endLine", end.line)
      json.field("endColumn", end.column)
    }
  }

  private func text(_ json: inout JSONWriter, _ key: String, _ text: String) {
    json.key(key)
    json.object { $0.field("text", text) }
  }
}

/// A path as a URI reference: everything that has a meaning in one is escaped.
private func uriReference(_ path: String) -> String {
  let hex = Array("0123456789ABCDEF")
  var result = path.hasPrefix("/") ? "file://" : ""
  for byte in path.utf8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      result += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
    }
  }
  return result
}
