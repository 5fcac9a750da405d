package io.github.fapipack.it.apicheck;

import java.io.PrintStream;
import java.util.List;

/** What a person sees: a line for each attack, what is to be fixed, and a summary. */
final class ConsoleReport {
  private final PrintStream out;
  private Topic topic;

  ConsoleReport(PrintStream out) {
    this.out = out;
  }

  void line(String text) {
    out.println(text);
  }

  /** A line of the table. */
  void show(Result result) {
    Attack attack = result.attack();
    if (attack.topic() != topic) {
      topic = attack.topic();
      out.println();
      out.println(topic.title());
    }
    out.printf(
        "  %-14s  %-26s  %s  [%s]  %s%n",
        result.verdict().text(), attack.id(), attack.title(), attack.clause(), result.seen());
  }

  /** What is to be fixed, and how much of everything there is. */
  void finish(Report report) {
    List<Result> bad =
        report.results().stream()
            .filter(result -> !result.verdict().level().equals("none"))
            .toList();
    if (!bad.isEmpty()) {
      out.println();
      out.println("To be fixed");
      bad.forEach(this::explain);
    }
    out.println();
    StringBuilder summary = new StringBuilder();
    for (Verdict verdict : Verdict.values()) {
      if (report.count(verdict) > 0) {
        summary.append(summary.isEmpty() ? "" : ", ");
        summary.append(report.count(verdict)).append(' ').append(verdict.text());
      }
    }
    out.println(report.results().size() + " attacks: " + summary + ".");
    out.println(report.requests() + " requests were sent to " + report.address() + ".");
    out.println(report.passed() ? "The API holds." : "The API does not hold.");
  }

  private void explain(Result result) {
    Attack attack = result.attack();
    out.println("  " + attack.id() + ": " + attack.title());
    out.println("     seen:     " + result.verdict().text() + ", " + result.seen());
    out.println("     expected: " + attack.expected().statusText() + "  [" + attack.clause() + "]");
    out.println("     to do:    " + attack.fix());
  }
}
