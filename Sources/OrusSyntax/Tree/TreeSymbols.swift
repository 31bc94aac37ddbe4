extension SyntaxTree {
  /// Gives every symbol of the tree its number in another table: `numbers` has them by their old ones.
  ///
  /// This is the one place that knows which words of a tree are symbols.
  func renumberSymbols(_ numbers: [UInt32]) {
    func renumber(_ word: inout UInt32) { word = numbers[Int(word)] }
    /// Of a word that holds a symbol + 1, or 0.
    func renumberIfAny(_ word: inout UInt32) { if word != 0 { word = numbers[Int(word - 1)] + 1 } }
    for index in 1..<max(nodeCount, 1) {
      let node = nodes + index
      switch node.pointee.kind {
      case .parameter, .typeParameter, .fieldDeclaration, .variant, .constStatement, .name, .namedArgument,
        .fieldInitializer, .bindingPattern, .fieldPattern:
        renumber(&node.pointee.a)
      case .payloadField, .breakStatement, .continueStatement, .restPattern:
        renumberIfAny(&node.pointee.a)
      case .stringLiteral:
        renumber(&node.pointee.a)
        renumberIfAny(&node.pointee.b)
      case .useName:
        renumber(&node.pointee.a)
        renumber(&node.pointee.b)
      case .field:
        renumber(&node.pointee.b)
      case .interpolation:
        renumberIfAny(&node.pointee.b)
      case .function, .lambda:
        renumberIfAny(&extra[Int(node.pointee.a) + FunctionView.nameWord])
      case .structDeclaration:
        renumber(&extra[Int(node.pointee.a) + StructView.nameWord])
      case .enumDeclaration:
        renumber(&extra[Int(node.pointee.a) + EnumView.nameWord])
      case .use:
        renumberIfAny(&extra[Int(node.pointee.a) + UseView.aliasWord])
      case .whileStatement:
        renumberIfAny(&extra[Int(node.pointee.b) + LoopView.labelWord])
      case .forStatement:
        renumberIfAny(&extra[Int(node.pointee.b) + ForView.labelWord])
      case .tryExpression:
        renumberIfAny(&extra[Int(node.pointee.b) + TryView.nameWord])
      case .error, .module, .implementation, .block, .letStatement, .assign, .pass, .returnStatement,
        .integerLiteral, .floatLiteral, .trueLiteral, .falseLiteral, .nilLiteral, .interpolatedString, .instantiation,
        .typeExpression, .call, .spreadArgument, .index, .tupleField, .propagate, .negate, .bitNot, .logicalNot,
        .binary, .logicalAnd, .logicalOr, .cast, .typeTest, .matches, .range, .conditional, .ifExpression,
        .letCondition, .match, .matchArm, .arrayLiteral, .arrayRepeat, .mapLiteral, .mapEntry, .comprehension,
        .forClause, .ifClause, .tuple, .parenthesized, .structLiteral, .wildcardPattern, .literalPattern,
        .rangePattern, .alternativePattern, .constructorPattern, .structPattern, .tuplePattern, .arrayPattern,
        .namedType, .optionType, .arrayType, .fixedArrayType, .tupleType, .functionType:
        break
      }
    }
  }
}
