package io.github.fapipack.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.profile.Severity;
import java.util.List;
import org.keycloak.util.JsonSerialization;

/**
 * The result of an audit for one client, in short.
 *
 * @param error how many findings are errors
 * @param repairable how many findings applying the profile repairs
 */
public record Verdict(ClientAudit.State state, int error, int warning, int note, int repairable) {

  /** The state of a client without findings. */
  public static final String READY = "ready";

  static Verdict of(ClientAudit.Result result) {
    List<Finding> findings = result.findings();
    return new Verdict(
        result.state(),
        count(findings, Severity.ERROR),
        count(findings, Severity.WARNING),
        count(findings, Severity.NOTE),
        (int) findings.stream().filter(Finding::repairable).count());
  }

  private static int count(List<Finding> findings, Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** The state by its name in lists of clients. */
  public String state(ClientRow client) {
    return switch (state) {
      case clean -> READY;
      case inactive -> client.enabled() ? "inactive" : "disabled";
      default -> state.name();
    };
  }

  public ObjectNode findings() {
    return JsonSerialization.createObjectNode()
        .put("error", error)
        .put("warning", warning)
        .put("note", note)
        .put("repairable", repairable);
  }
}
