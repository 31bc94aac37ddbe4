/// One JSON object for each diagnostic, one a line. Lines and columns are counted
/// from 1, offsets are in bytes from 0, and the end of a span is exclusive.
struct JSONRenderer {
  let files: SourceFiles

  func render(_ diagnostic: Diagnostic) -> String {
    var json = JSONWriter()
    json.object { json in
      json.field("severity", diagnostic.severity.rawValue)
      json.field("code", diagnostic.code)
      json.field("title", diagnostic.title)
      json.field("message", diagnostic.message)
      json.key("primary")
      label(&json, diagnostic.primary)
      json.key("secondary")
      json.array(diagnostic.secondary, label)
      json.field("explanation", diagnostic.explanation)
      json.key("help")
      json.array(diagnostic.help) { json, help in
        json.object { json in
          json.field("text", help.text)
          json.key("edits")
          json.array(help.edits) { json, edit in
            json.object { json in
              span(&json, edit.span)
              json.field("replacement", edit.replacement)
            }
          }
        }
      }
      json.key("backtrace")
      json.array(diagnostic.backtrace) { json, frame in
        json.object { json in
          json.field("function", frame.function)
          json.field("file", frame.file)
          json.field("line", frame.line)
        }
      }
      if diagnostic.omittedFrames.count > 0 {
        json.key("omittedFrames")
        json.object { json in
          json.field("count", diagnostic.omittedFrames.count)
          json.field("after", diagnostic.omittedFrames.after)
        }
      }
    }
    return json.text + "\n"
  }

  private func label(_ json: inout JSONWriter, _ label: Label) {
    json.object { json in
      span(&json, label.span)
      json.field("text", label.text)
    }
  }

  private func span(_ json: inout JSONWriter, _ span: Span) {
    json.key("span")
    json.object { json in
      json.field("file", files[span.file].path)
      for (name, offset) in [("start", span.start), ("end", span.end)] {
        let position = files[span.file].position(of: offset)
        json.key(name)
        json.object { json in
          json.field("offset", Int(offset))
          json.field("line", position.line)
          json.field("column", position.column)
        }
      }
    }
  }
}
