/// The version of Orus, which compiled programs and SARIF logs name.
public let orusVersion = "0.1.0"
