package io.github.fapipack.it.apicheck;

/** What attacks have in common; the order is that of the report. */
enum Topic {
  LEGAL("Unusual, but legal"),
  PRESENTATION("How the token is sent"),
  FORGERY("Forged tokens"),
  PROOF("DPoP proofs"),
  CERTIFICATE("Client certificates"),
  OTHER_TOKEN("Real tokens that are not good for this"),
  DETAILS("What was approved"),
  SIGNATURE("Signed messages"),
  PATH("Ways around the check by path"),
  HEADER("Ways around the check by header"),
  FRAMING("Sizes, framing and format");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
