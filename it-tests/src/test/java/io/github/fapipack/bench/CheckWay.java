package io.github.fapipack.bench;

/** What is compared in {@link ResourceServerChecks}. */
enum CheckWay {
  /** One ES256 verification by Nimbus. */
  ONE_SIGNATURE,
  /** Two of them, over token and proof: what no check can do without. */
  TWO_SIGNATURES,
  /** The kit, with a token that it has never seen. */
  KIT,
  /** Spring Security, which remembers no tokens. */
  SPRING,
  /** The kit, with a token that it has seen before. */
  KIT_SEEN,
  /** The kit, with a token about which it has asked the issuer before. */
  KIT_ASKED,
  /** The kit, with a token that is bound to a certificate and that it has never seen. */
  KIT_CERTIFICATE
}
