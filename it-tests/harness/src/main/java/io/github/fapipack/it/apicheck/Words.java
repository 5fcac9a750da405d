package io.github.fapipack.it.apicheck;

/** Text that strangers wrote, made fit for a terminal and for a report. */
final class Words {
  private Words() {}

  /** Printable ASCII only, in one line of limited length. */
  static String plain(String text, int longest) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length() && plain.length() < longest; i++) {
      char c = text.charAt(i);
      plain.append(c >= ' ' && c <= '~' ? c : ' ');
    }
    return (text.length() > longest ? plain + "..." : plain.toString()).strip();
  }
}
