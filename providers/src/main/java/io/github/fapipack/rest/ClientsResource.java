package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Standing;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.report.Verdicts;
import io.github.fapipack.rollout.ClientProgress;
import io.github.fapipack.rule.Mode;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /admin/realms/{realm}/fapi/clients}: the clients of a realm with their audit results and
 * their progress, a page at a time or as a file.
 */
public final class ClientsResource {

  static final String CSV = "text/csv";

  private static final int LARGEST_PAGE = 500;

  /** Those that need attention first. */
  private static final List<String> STATES =
      List.of("findings", "failing", "ready", "disabled", "inactive", "exempt", "other");

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;

  ClientsResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
  }

  /**
   * The selected clients, sorted.
   *
   * @param profileName the profile with which they are compared; the realm's own by default
   * @param states some of {@code ready}, {@code failing}, {@code findings}, {@code disabled},
   *     {@code inactive}, {@code exempt}, {@code other}, separated by commas; all by default
   * @param mode {@code report} or {@code enforce}; both by default
   * @param search a part of the client_id or the name
   * @param sort by name, state, {@code lastSeen} or {@code refused}
   * @param order {@code asc} or {@code desc}
   * @param format {@code json}, or {@code csv} for all selected clients in one file
   */
  @GET
  public Response list(
      @QueryParam("profile") String profileName,
      @QueryParam("state") String states,
      @QueryParam("mode") String mode,
      @QueryParam("search") String search,
      @QueryParam("sort") @DefaultValue("name") String sort,
      @QueryParam("order") @DefaultValue("asc") String order,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("20") int max,
      @QueryParam("format") @DefaultValue("json") String format) {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
    Parameters.allow(
        session, "profile", "state", "mode", "search", "sort", "order", "first", "max", "format");
    demandOneOf("sort", sort, List.of("name", "state", "lastSeen", "refused"));
    demandOneOf("order", order, List.of("asc", "desc"));
    demandOneOf("format", format, List.of("json", "csv"));
    ProfileFile profile =
        profileName == null
            ? new Standing(session, realm).chosen()
            : Parameters.profile(realm, profileName);
    Found found = new Found(profile, ClientProgress.of(session, realm));
    List<ClientRow> all = ClientRow.all(session, realm, auth, search);
    List<ClientRow> fit = found.sorted(found.filtered(all, states, mode), sort, order);
    if (format.equals("csv")) {
      return Response.ok(new ClientsCsv(fit, found.progress, found::verdicts))
          .type(CSV + ";charset=utf-8")
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"fapi-clients.csv\"")
          .build();
    }
    int from = Math.min(Math.max(0, first), fit.size());
    int to = Math.min(from + Math.min(Math.max(1, max), LARGEST_PAGE), fit.size());
    ObjectNode answer =
        JsonSerialization.createObjectNode()
            .put("realm", realm.getName())
            .put("profile", profile.name())
            .put("eventsKept", realm.isEventsEnabled())
            .put("total", fit.size())
            .put("first", from);
    found.list(answer.putArray("clients"), fit.subList(from, to));
    return JsonAnswer.ok(answer);
  }

  private static void demandOneOf(String parameter, String value, List<String> known) {
    if (!known.contains(value)) {
      throw ErrorResponse.error(
          parameter + " must be one of " + String.join(", ", known), Status.BAD_REQUEST);
    }
  }

  /** Computes only what one request needs. */
  private final class Found {

    private final ClientProgress progress;
    private final Verdicts verdicts;

    Found(ProfileFile profile, ClientProgress progress) {
      this.progress = progress;
      this.verdicts = new Verdicts(session, realm, List.of(profile));
    }

    /** By the clients' ids. */
    Map<String, Verdict> verdicts(List<ClientRow> clients) {
      return verdicts.ofOne(clients);
    }

    private String state(ClientRow client, Map<String, Verdict> known) {
      Verdict own = known.get(client.id());
      return own == null ? "" : progress.state(client, own);
    }

    List<ClientRow> filtered(List<ClientRow> all, String states, String mode) {
      Stream<ClientRow> fit = all.stream();
      if (mode != null) {
        Mode wanted = Parameters.mode(mode);
        fit = fit.filter(client -> progress.mode(client) == wanted);
      }
      if (states != null) {
        Set<String> wanted = Set.copyOf(List.of(states.split(",", -1)));
        wanted.forEach(state -> demandOneOf("state", state, STATES));
        List<ClientRow> rest = fit.toList();
        Map<String, Verdict> known = verdicts(rest);
        fit = rest.stream().filter(client -> wanted.contains(state(client, known)));
      }
      return fit.toList();
    }

    List<ClientRow> sorted(List<ClientRow> fit, String sort, String order) {
      Comparator<ClientRow> by =
          switch (sort) {
            case "state" -> {
              Map<String, Verdict> known = verdicts(fit);
              yield Comparator.comparingInt(client -> STATES.indexOf(state(client, known)));
            }
            case "lastSeen" -> Comparator.comparingLong(progress::lastSeen);
            case "refused" ->
                Comparator.comparingLong(
                    client -> progress.refused(client) + progress.wouldBeRefused(client));
            default -> ClientRow.BY_NAME;
          };
      return fit.stream()
          .sorted((order.equals("desc") ? by.reversed() : by).thenComparing(ClientRow.BY_NAME))
          .toList();
    }

    void list(ArrayNode array, List<ClientRow> page) {
      Map<String, Verdict> known = verdicts(page);
      for (ClientRow client : page) {
        if (known.containsKey(client.id())) {
          Verdict verdict = known.get(client.id());
          ObjectNode tree = progress.json(client).put("state", progress.state(client, verdict));
          tree.set("findings", verdict.findings());
          array.add(tree);
        }
      }
    }
  }
}
