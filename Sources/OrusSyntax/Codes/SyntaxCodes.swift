import OrusDiagnostics

/// What can be wrong with the form of a program. E100x to E1029 are about
/// characters and limits, E103x and E104x about lines and brackets, the rest
/// about the grammar.
public enum SyntaxCode: String, DiagnosticCode {
  case invalidUTF8 = "E1001"
  case nulByte = "E1002"
  case strayByteOrderMark = "E1003"
  case loneCarriageReturn = "E1004"
  case tabInIndentation = "E1005"
  case unknownCharacter = "E1006"
  case identifierNotASCII = "E1007"
  case hashComment = "E1008"
  case unclosedComment = "E1009"
  case strayCommentEnd = "E1010"
  case unterminatedString = "E1011"
  case badEscape = "E1012"
  case badNumber = "E1013"
  case badSuffix = "E1014"
  case literalTooLarge = "E1015"
  case quotes = "E1016"
  case badInterpolation = "E1017"
  case sourceTooLarge = "E1020"
  case nestedTooDeeply = "E1021"
  case tooManyErrors = "E1022"
  case tooManyParameters = "E1023"
  case tooManyMembers = "E1024"

  case missingColon = "E1030"
  case missingBlock = "E1031"
  case indentation = "E1032"
  case misalignedClause = "E1033"
  case strayClause = "E1034"
  case secondStatement = "E1035"
  case semicolon = "E1036"
  case braceBlock = "E1037"
  case compoundOnLine = "E1038"
  case elseIf = "E1039"
  case unclosedBracket = "E1040"
  case mismatchedBracket = "E1041"
  case unopenedBracket = "E1042"
  case missingComma = "E1043"

  case expectedExpression = "E1050"
  case expectedName = "E1051"
  case expectedType = "E1052"
  case expectedPattern = "E1053"
  case unexpectedToken = "E1054"
  case keywordAsName = "E1055"

  case symbolicLogic = "E1060"
  case questionConditional = "E1061"
  case increment = "E1062"
  case powerOperator = "E1063"
  case chainedComparison = "E1064"
  case notAfterOperator = "E1065"
  case foreignOperator = "E1066"
  case assignInExpression = "E1067"
  case missingElse = "E1068"
  case rangeForm = "E1069"
  case callWithoutParentheses = "E1070"
  case argumentForm = "E1071"
  case tupleForm = "E1072"
  case emptyBraces = "E1073"
  case foreignLambda = "E1074"
  case patternForm = "E1075"
  case restPattern = "E1076"

  case foreignKeyword = "E1080"
  case bindingForm = "E1081"
  case forForm = "E1082"
  case labelForm = "E1083"
  case tryWithoutCatch = "E1084"
  case parameterForm = "E1085"
  case memberForm = "E1086"
  case typeForm = "E1087"
  case onlyAtModuleLevel = "E1088"
  case misplacedPub = "E1089"

  /// Reported by whoever runs a file.
  case nothingToRun = "E1100"

  public var title: String {
    switch self {
    case .invalidUTF8: "NOT UTF-8"
    case .nulByte: "NUL BYTE"
    case .strayByteOrderMark: "STRAY BYTE ORDER MARK"
    case .loneCarriageReturn: "LONE CARRIAGE RETURN"
    case .tabInIndentation: "TAB IN INDENTATION"
    case .unknownCharacter: "UNKNOWN CHARACTER"
    case .identifierNotASCII: "NAME NOT IN ASCII"
    case .hashComment: "NOT A COMMENT"
    case .unclosedComment: "UNCLOSED COMMENT"
    case .strayCommentEnd: "STRAY END OF COMMENT"
    case .unterminatedString: "UNCLOSED STRING"
    case .badEscape: "UNKNOWN ESCAPE"
    case .badNumber: "MALFORMED NUMBER"
    case .badSuffix: "UNKNOWN SUFFIX"
    case .literalTooLarge: "NUMBER TOO LARGE"
    case .quotes: "WRONG QUOTES"
    case .badInterpolation: "MALFORMED INTERPOLATION"
    case .sourceTooLarge: "FILE TOO LARGE"
    case .nestedTooDeeply: "NESTED TOO DEEPLY"
    case .tooManyErrors: "TOO MANY ERRORS"
    case .tooManyParameters: "TOO MANY PARAMETERS"
    case .tooManyMembers: "TOO MANY MEMBERS"
    case .missingColon: "MISSING COLON"
    case .missingBlock: "MISSING BLOCK"
    case .indentation: "INDENTATION"
    case .misalignedClause: "MISALIGNED CLAUSE"
    case .strayClause: "CLAUSE WITHOUT STATEMENT"
    case .secondStatement: "TWO STATEMENTS ON A LINE"
    case .semicolon: "SEMICOLON"
    case .braceBlock: "BLOCK IN BRACES"
    case .compoundOnLine: "BLOCK AFTER SEMICOLON"
    case .elseIf: "ELSE IF"
    case .unclosedBracket: "UNCLOSED BRACKET"
    case .mismatchedBracket: "MISMATCHED BRACKET"
    case .unopenedBracket: "UNOPENED BRACKET"
    case .missingComma: "MISSING COMMA"
    case .expectedExpression: "EXPRESSION EXPECTED"
    case .expectedName: "NAME EXPECTED"
    case .expectedType: "TYPE EXPECTED"
    case .expectedPattern: "PATTERN EXPECTED"
    case .unexpectedToken: "UNEXPECTED TOKEN"
    case .keywordAsName: "KEYWORD AS NAME"
    case .symbolicLogic: "LOGIC IN SYMBOLS"
    case .questionConditional: "QUESTION MARK CONDITIONAL"
    case .increment: "INCREMENT"
    case .powerOperator: "POWER OPERATOR"
    case .chainedComparison: "CHAINED COMPARISON"
    case .notAfterOperator: "NOT AFTER OPERATOR"
    case .foreignOperator: "FOREIGN OPERATOR"
    case .assignInExpression: "ASSIGNMENT IN EXPRESSION"
    case .missingElse: "MISSING ELSE"
    case .rangeForm: "MALFORMED RANGE"
    case .callWithoutParentheses: "CALL WITHOUT PARENTHESES"
    case .argumentForm: "MALFORMED ARGUMENT"
    case .tupleForm: "MALFORMED TUPLE"
    case .emptyBraces: "EMPTY BRACES"
    case .foreignLambda: "MALFORMED FUNCTION EXPRESSION"
    case .patternForm: "MALFORMED PATTERN"
    case .restPattern: "MALFORMED REST"
    case .foreignKeyword: "FOREIGN KEYWORD"
    case .bindingForm: "MALFORMED BINDING"
    case .forForm: "MALFORMED FOR"
    case .labelForm: "MALFORMED LABEL"
    case .tryWithoutCatch: "TRY WITHOUT CATCH"
    case .parameterForm: "MALFORMED PARAMETER"
    case .memberForm: "MALFORMED MEMBER"
    case .typeForm: "MALFORMED TYPE"
    case .onlyAtModuleLevel: "NOT AT MODULE LEVEL"
    case .misplacedPub: "MISPLACED PUB"
    case .nothingToRun: "NOTHING TO RUN"
    }
  }

  public var page: ExplainPage {
    switch self {
    case .invalidUTF8: SyntaxPage.invalidUTF8
    case .nulByte: SyntaxPage.nulByte
    case .strayByteOrderMark: SyntaxPage.strayByteOrderMark
    case .loneCarriageReturn: SyntaxPage.loneCarriageReturn
    case .tabInIndentation: SyntaxPage.tabInIndentation
    case .unknownCharacter: SyntaxPage.unknownCharacter
    case .identifierNotASCII: SyntaxPage.identifierNotASCII
    case .hashComment: SyntaxPage.hashComment
    case .unclosedComment: SyntaxPage.unclosedComment
    case .strayCommentEnd: SyntaxPage.strayCommentEnd
    case .unterminatedString: SyntaxPage.unterminatedString
    case .badEscape: SyntaxPage.badEscape
    case .badNumber: SyntaxPage.badNumber
    case .badSuffix: SyntaxPage.badSuffix
    case .literalTooLarge: SyntaxPage.literalTooLarge
    case .quotes: SyntaxPage.quotes
    case .badInterpolation: SyntaxPage.badInterpolation
    case .sourceTooLarge: SyntaxPage.sourceTooLarge
    case .nestedTooDeeply: SyntaxPage.nestedTooDeeply
    case .tooManyErrors: SyntaxPage.tooManyErrors
    case .tooManyParameters: SyntaxPage.tooManyParameters
    case .tooManyMembers: SyntaxPage.tooManyMembers
    case .missingColon: SyntaxPage.missingColon
    case .missingBlock: SyntaxPage.missingBlock
    case .indentation: SyntaxPage.indentation
    case .misalignedClause: SyntaxPage.misalignedClause
    case .strayClause: SyntaxPage.strayClause
    case .secondStatement: SyntaxPage.secondStatement
    case .semicolon: SyntaxPage.semicolon
    case .braceBlock: SyntaxPage.braceBlock
    case .compoundOnLine: SyntaxPage.compoundOnLine
    case .elseIf: SyntaxPage.elseIf
    case .unclosedBracket: SyntaxPage.unclosedBracket
    case .mismatchedBracket: SyntaxPage.mismatchedBracket
    case .unopenedBracket: SyntaxPage.unopenedBracket
    case .missingComma: SyntaxPage.missingComma
    case .expectedExpression: SyntaxPage.expectedExpression
    case .expectedName: SyntaxPage.expectedName
    case .expectedType: SyntaxPage.expectedType
    case .expectedPattern: SyntaxPage.expectedPattern
    case .unexpectedToken: SyntaxPage.unexpectedToken
    case .keywordAsName: SyntaxPage.keywordAsName
    case .symbolicLogic: SyntaxPage.symbolicLogic
    case .questionConditional: SyntaxPage.questionConditional
    case .increment: SyntaxPage.increment
    case .powerOperator: SyntaxPage.powerOperator
    case .chainedComparison: SyntaxPage.chainedComparison
    case .notAfterOperator: SyntaxPage.notAfterOperator
    case .foreignOperator: SyntaxPage.foreignOperator
    case .assignInExpression: SyntaxPage.assignInExpression
    case .missingElse: SyntaxPage.missingElse
    case .rangeForm: SyntaxPage.rangeForm
    case .callWithoutParentheses: SyntaxPage.callWithoutParentheses
    case .argumentForm: SyntaxPage.argumentForm
    case .tupleForm: SyntaxPage.tupleForm
    case .emptyBraces: SyntaxPage.emptyBraces
    case .foreignLambda: SyntaxPage.foreignLambda
    case .patternForm: SyntaxPage.patternForm
    case .restPattern: SyntaxPage.restPattern
    case .foreignKeyword: SyntaxPage.foreignKeyword
    case .bindingForm: SyntaxPage.bindingForm
    case .forForm: SyntaxPage.forForm
    case .labelForm: SyntaxPage.labelForm
    case .tryWithoutCatch: SyntaxPage.tryWithoutCatch
    case .parameterForm: SyntaxPage.parameterForm
    case .memberForm: SyntaxPage.memberForm
    case .typeForm: SyntaxPage.typeForm
    case .onlyAtModuleLevel: SyntaxPage.onlyAtModuleLevel
    case .misplacedPub: SyntaxPage.misplacedPub
    case .nothingToRun: SyntaxPage.nothingToRun
    }
  }
}

/// The pages of the codes, each under the name of its code, in files by area.
enum SyntaxPage {}
