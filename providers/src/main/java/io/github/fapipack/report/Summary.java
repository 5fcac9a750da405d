package io.github.fapipack.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.profile.Severity;
import java.util.EnumMap;
import java.util.Map;
import org.keycloak.util.JsonSerialization;

/** Counts the results of an audit. */
public final class Summary {

  private final Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
  private final Map<ClientAudit.State, Integer> clients = new EnumMap<>(ClientAudit.State.class);
  private int repairable;
  private int failing;

  public void count(Finding finding) {
    findings.merge(finding.severity(), 1, Integer::sum);
    if (finding.repairable()) {
      repairable++;
    }
  }

  public void count(ClientAudit.Result client) {
    clients.merge(client.state(), 1, Integer::sum);
    client.findings().forEach(this::count);
  }

  /**
   * Adds a client.
   *
   * @param failing whether its requests would be refused, regardless of its settings
   */
  public void count(Verdict client, boolean failing) {
    if (failing && client.state() == ClientAudit.State.clean) {
      this.failing++;
    }
    clients.merge(client.state(), 1, Integer::sum);
    findings.merge(Severity.ERROR, client.error(), Integer::sum);
    findings.merge(Severity.WARNING, client.warning(), Integer::sum);
    findings.merge(Severity.NOTE, client.note(), Integer::sum);
    repairable += client.repairable();
  }

  /** How many clients without findings send requests that would be refused. */
  public int failing() {
    return failing;
  }

  public ObjectNode json() {
    ObjectNode json = JsonSerialization.createObjectNode();
    ObjectNode counted = json.putObject("findings");
    for (Severity severity : Severity.values()) {
      counted.put(severity.toString(), findings.getOrDefault(severity, 0));
    }
    counted.put("repairable", repairable);
    ObjectNode kinds = json.putObject("clients");
    kinds.put("all", clients.values().stream().mapToInt(Integer::intValue).sum());
    for (ClientAudit.State state : ClientAudit.State.values()) {
      kinds.put(
          state == ClientAudit.State.findings ? "withFindings" : state.name(),
          clients.getOrDefault(state, 0));
    }
    return json;
  }
}
