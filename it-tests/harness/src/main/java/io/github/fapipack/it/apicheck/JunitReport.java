package io.github.fapipack.it.apicheck;

/** The results as JUnit XML, a test case for each attack. */
final class JunitReport {
  private JunitReport() {}

  static String of(Report report) {
    long failures = report.results().stream().filter(report::fails).count();
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"").append(Report.NAME);
    xml.append("\" tests=\"").append(report.results().size());
    xml.append("\" failures=\"").append(failures);
    xml.append("\" errors=\"0\" skipped=\"").append(report.count(Verdict.SKIPPED));
    xml.append("\" timestamp=\"").append(report.begun()).append("\">\n");
    report.results().forEach(result -> add(xml, result, report));
    return xml.append("</testsuite>\n").toString();
  }

  private static void add(StringBuilder xml, Result result, Report report) {
    Attack attack = result.attack();
    xml.append("  <testcase classname=\"").append(escaped(attack.topic().title()));
    xml.append("\" name=\"").append(attack.id()).append(": ").append(escaped(attack.title()));
    xml.append("\">");
    String seen = escaped(result.verdict().text() + ": " + result.seen());
    if (report.fails(result)) {
      xml.append("<failure message=\"").append(seen).append("\">");
      xml.append(escaped(attack.clause() + ". " + attack.fix())).append("</failure>");
    } else if (result.verdict() == Verdict.SKIPPED) {
      xml.append("<skipped message=\"").append(escaped(result.seen())).append("\"/>");
    } else {
      xml.append("<system-out>").append(seen).append("</system-out>");
    }
    xml.append("</testcase>\n");
  }

  private static String escaped(String text) {
    return Words.plain(text, 2000)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
