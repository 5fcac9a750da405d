package io.github.fapipack.it.apicheck;

/** Damages compact JWTs. */
final class TokenParts {
  private TokenParts() {}

  /** One bit of the signature is another. */
  static String otherSignature(String jwt) {
    int at = jwt.lastIndexOf('.') + 10;
    char other = jwt.charAt(at) == 'A' ? 'B' : 'A';
    return jwt.substring(0, at) + other + jwt.substring(at + 1);
  }

  static String withoutSignature(String jwt) {
    return jwt.substring(0, jwt.lastIndexOf('.') + 1);
  }
}
