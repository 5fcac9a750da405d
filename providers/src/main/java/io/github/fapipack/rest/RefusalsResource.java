package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.rollout.RefusalHistory;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.services.ErrorResponse;
import org.keycloak.util.JsonSerialization;

/** {@code /admin/realms/{realm}/fapi/refusals}: the latest refused requests, explained. */
public final class RefusalsResource {

  private static final int MOST_REFUSALS = 1000;

  private final AdminRequest admin;

  RefusalsResource(AdminRequest admin) {
    this.admin = admin;
  }

  /**
   * The latest refused and would-be refused requests, with explanations.
   *
   * @param kind {@code refusal} (the default) or {@code correction}
   * @param clientId of a client that sent or only named the requests
   * @param rule the id of a rule, or a reason in its place
   * @param mode {@code enforce} or {@code report}; both by default
   * @param interaction an {@code x-fapi-interaction-id}
   * @param from the earliest time, in milliseconds since 1970
   * @param to the latest time, in milliseconds since 1970
   */
  @GET
  public Response refusals(
      @QueryParam("kind") @DefaultValue("refusal") String kind,
      @QueryParam("client") String clientId,
      @QueryParam("rule") String rule,
      @QueryParam("mode") String mode,
      @QueryParam("interaction") String interaction,
      @QueryParam("from") @DefaultValue("0") long from,
      @QueryParam("to") @DefaultValue("9223372036854775807") long to,
      @QueryParam("max") @DefaultValue("100") int max) {
    admin.requireView();
    Parameters.allow(
        admin.session(), "kind", "client", "rule", "mode", "interaction", "from", "to", "max");
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.put("realm", admin.realm().getName()).put("eventsKept", admin.realm().isEventsEnabled());
    answer.set(
        "refusals",
        new RefusalHistory(admin.session(), admin.realm())
            .list(
                new RefusalHistory.Filter(kind(kind), clientId, rule, mode, interaction, from, to),
                Math.min(Math.max(1, max), MOST_REFUSALS)));
    return JsonAnswer.ok(answer);
  }

  private static RefusalHistory.Kind kind(String name) {
    return switch (name) {
      case "refusal" -> RefusalHistory.Kind.REFUSAL;
      case "correction" -> RefusalHistory.Kind.CORRECTION;
      default ->
          throw ErrorResponse.error("kind must be refusal or correction", Status.BAD_REQUEST);
    };
  }
}
