package io.github.fapipack.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.Audit;
import io.github.fapipack.change.Journal;
import io.github.fapipack.change.Plan;
import io.github.fapipack.change.UndoDocument;
import io.github.fapipack.grantmanagement.GrantAdminResource;
import io.github.fapipack.history.HistoryEntry;
import io.github.fapipack.language.Language;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.ProfileFiles;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.JsonReport;
import io.github.fapipack.report.ReportBody;
import io.github.fapipack.report.SarifReport;
import io.github.fapipack.report.Standing;
import io.github.fapipack.report.Summary;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.report.Verdicts;
import io.github.fapipack.rollout.ClientProgress;
import io.github.fapipack.rollout.RefusalHistory;
import io.github.fapipack.rule.Mode;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.KeycloakSessionUtil;

/** {@code /admin/realms/{realm}/fapi}: what is wrong in a realm, and how to repair it. */
public final class FapiResource {

  private static final int MOST_REFUSALS = 1000;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder event;

  FapiResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder event) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
    this.event = event;
  }

  /**
   * The profiles that can be applied.
   *
   * @param summary whether each has the counts of its findings, for which the whole realm is
   *     audited
   */
  @GET
  @Path("profiles")
  public Response profiles(@QueryParam("summary") @DefaultValue("true") String summary) {
    requireView();
    allow(session, "summary");
    Map<ProfileFile, Summary> summaries = flag("summary", summary) ? summaries() : Map.of();
    Standing standing = new Standing(session, realm);
    ObjectNode answer =
        JsonSerialization.createObjectNode().put("chosen", standing.chosen().name());
    for (ProfileFile profile : ProfileFiles.all().values()) {
      ObjectNode entry =
          answer
              .withArray("profiles")
              .addObject()
              .put("name", profile.name())
              .put("displayName", profile.displayName())
              .put("rules", profile.rules().size())
              .put("state", standing.state(profile).name());
      if (summaries.containsKey(profile)) {
        entry.set("summary", summaries.get(profile).json());
        entry.put("failing", summaries.get(profile).failing());
      }
    }
    return json(Status.OK, answer);
  }

  private Map<ProfileFile, Summary> summaries() {
    Audit audit = audit();
    Map<ProfileFile, Summary> summaries = new LinkedHashMap<>();
    for (ProfileFile profile : ProfileFiles.all().values()) {
      Summary summary = new Summary();
      audit.realm(profile, summary::count);
      summaries.put(profile, summary);
    }
    List<ClientRow> clients = ClientRow.all(session, realm, auth, null);
    ClientProgress progress = ClientProgress.of(session, realm);
    Map<String, Map<String, Verdict>> verdicts =
        new Verdicts(session, realm, List.copyOf(ProfileFiles.all().values())).of(clients);
    for (ClientRow client : clients) {
      Map<String, Verdict> own = verdicts.getOrDefault(client.id(), Map.of());
      own.forEach(
          (profile, verdict) ->
              summaries
                  .get(ProfileFiles.all().get(profile))
                  .count(verdict, progress.isFailing(client)));
    }
    return summaries;
  }

  /**
   * The audit, as JSON or as SARIF.
   *
   * @param clientId for a report on this client only
   * @param clients whether the clients are included, or only the realm
   * @param fetch whether the keys at the clients' jwks_uri are checked as well
   */
  @GET
  @Path("report")
  public Response report(
      @QueryParam("profile") @DefaultValue(ProfileFiles.DEFAULT) String profileName,
      @QueryParam("client") String clientId,
      @QueryParam("clients") @DefaultValue("true") String clients,
      @QueryParam("fetch") @DefaultValue("false") String fetch,
      @QueryParam("format") String format,
      @HeaderParam(HttpHeaders.ACCEPT) String accept) {
    requireView();
    allow(session, "profile", "client", "clients", "fetch", "format");
    ProfileFile profile = profile(profileName);
    boolean sarif = isSarif(format, accept);
    ClientModel client = clientId == null ? null : client(clientId);
    ReportBody body =
        new ReportBody(
            session,
            realm,
            audit(),
            profile,
            client,
            flag("clients", clients),
            sarif,
            flag("fetch", fetch));
    return Response.ok(body)
        .type(sarif ? SarifReport.MEDIA_TYPE : MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * Applies a profile to the realm, or shows what that would change.
   *
   * @param dryRun whether to show only; true if the parameter is missing
   * @param disable whether clients that cannot be repaired are disabled
   * @param mode {@code report} to start with rules that refuse nothing; everything else stays
   * @param planId of a dry run: the plan is applied only if it is still the same
   */
  @POST
  @Path("apply")
  public Response apply(
      @QueryParam("profile") @DefaultValue(ProfileFiles.DEFAULT) String profileName,
      @QueryParam("dryRun") @DefaultValue("true") String dryRun,
      @QueryParam("disableUnrepairable") @DefaultValue("false") String disable,
      @QueryParam("mode") @DefaultValue("enforce") String mode,
      @QueryParam("planId") String planId) {
    requireManage();
    allow(session, "profile", "dryRun", "disableUnrepairable", "mode", "planId");
    ProfileFile profile = profile(profileName);
    boolean disables = flag("disableUnrepairable", disable);
    boolean reports = RolloutResource.mode(mode) == Mode.REPORT;
    Supplier<Plan> plans =
        () ->
            reports ? Plan.toReport(audit(), profile, realm) : Plan.of(audit(), profile, disables);
    if (flag("dryRun", dryRun)) {
      return json(Status.OK, answer(plans.get(), true));
    }
    Journal journal = new Journal(auth.adminAuth());
    return exclusively(
        exclusive -> {
          Plan plan = plans.get();
          if (planId != null && !planId.equals(plan.id())) {
            return ExclusiveChange.conflict(
                "the realm has changed since the plan was made; look at a new one", List.of());
          }
          ObjectNode noted =
              exclusive.inSession(
                  writing ->
                      journal.applied(
                          writing,
                          profile.name(),
                          reports,
                          exclusive.changes(writing).make(plan.changes())));
          ObjectNode answer = answer(plan, false);
          return json(Status.OK, answer.setAll(noted));
        });
  }

  private ObjectNode answer(Plan plan, boolean dryRun) {
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.put("realm", realm.getName()).put("profile", plan.profile()).put("dryRun", dryRun);
    answer.put("planId", plan.id());
    answer.set("changes", JsonSerialization.mapper.valueToTree(plan.changes()));
    plan.left().forEach(finding -> answer.withArray("left").add(JsonReport.tree(finding)));
    answer.withArray("left");
    return answer;
  }

  /** Undoes an apply; the body is the member {@code undo} of its response. */
  @POST
  @Path("undo")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response undo(String body) {
    requireManage();
    JsonNode sent;
    UndoDocument document;
    try {
      sent = JsonSerialization.mapper.readTree(body);
      document = UndoDocument.read(sent, realm);
    } catch (JsonProcessingException e) {
      throw ErrorResponse.error("the body is not JSON", Status.BAD_REQUEST);
    } catch (IllegalArgumentException e) {
      throw ErrorResponse.error(e.getMessage(), Status.BAD_REQUEST);
    }
    Journal journal = new Journal(auth.adminAuth());
    return exclusively(
        exclusive ->
            json(
                Status.OK,
                exclusive.inSession(
                    writing -> takeBack(exclusive, writing, journal, sent, document.changes()))));
  }

  private static ObjectNode takeBack(
      ExclusiveChange exclusive,
      KeycloakSession writing,
      Journal journal,
      JsonNode sent,
      List<Change> changes) {
    HistoryEntry entry = HistoryResource.entryOf(writing, sent, changes);
    List<Change> undone = exclusive.changes(writing).takeBack(changes);
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.set("changes", JsonSerialization.mapper.valueToTree(undone));
    return answer.put("historyId", journal.undone(writing, entry, undone));
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
  @Path("refusals")
  public Response refusals(
      @QueryParam("kind") @DefaultValue("refusal") String kind,
      @QueryParam("client") String clientId,
      @QueryParam("rule") String rule,
      @QueryParam("mode") String mode,
      @QueryParam("interaction") String interaction,
      @QueryParam("from") @DefaultValue("0") long from,
      @QueryParam("to") @DefaultValue("9223372036854775807") long to,
      @QueryParam("max") @DefaultValue("100") int max) {
    requireView();
    allow(session, "kind", "client", "rule", "mode", "interaction", "from", "to", "max");
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.put("realm", realm.getName()).put("eventsKept", realm.isEventsEnabled());
    answer.set(
        "refusals",
        new RefusalHistory(session, realm)
            .list(
                new RefusalHistory.Filter(kind(kind), clientId, rule, mode, interaction, from, to),
                Math.min(Math.max(1, max), MOST_REFUSALS)));
    return json(Status.OK, answer);
  }

  private static RefusalHistory.Kind kind(String name) {
    return switch (name) {
      case "refusal" -> RefusalHistory.Kind.REFUSAL;
      case "correction" -> RefusalHistory.Kind.CORRECTION;
      default ->
          throw ErrorResponse.error("kind must be refusal or correction", Status.BAD_REQUEST);
    };
  }

  /** The clients with search, filters and order. */
  @Path("clients")
  public ClientsResource clients() {
    return new ClientsResource(session, realm, auth);
  }

  /** The progress of the realm from reporting to enforcing. */
  @Path("rollout")
  public RolloutResource rollout() {
    return new RolloutResource(session, realm, auth, event);
  }

  /** Administrators' changes in the realm, and how to undo them. */
  @Path("history")
  public HistoryResource history() {
    return new HistoryResource(session, realm, auth, event);
  }

  /** Keys and certificates, sorted by their end. */
  @Path("keys")
  public KeysResource keys() {
    return new KeysResource(session, realm, auth);
  }

  /** The grants of users, which administrators can revoke. */
  @Path("grants")
  public GrantAdminResource grants() {
    return new GrantAdminResource(session, realm, auth, event);
  }

  /** Makes a change under the realm's lock; a failure changes nothing. */
  private Response exclusively(Function<ExclusiveChange, Response> work) {
    if (realm.getName().equals(Config.getAdminRealm())) {
      throw ErrorResponse.error(
          "this realm administers the server; a profile would lock its administrators out",
          Status.BAD_REQUEST);
    }
    ExclusiveChange exclusive =
        new ExclusiveChange(session, realm, event, auth.clients()::canManage);
    return exclusive.run(() -> work.apply(exclusive));
  }

  private void requireView() {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
  }

  private void requireManage() {
    auth.realm().requireManageRealm();
    auth.clients().requireManage();
  }

  private Audit audit() {
    return new Audit(session, realm, auth.clients()::canView);
  }

  static ProfileFile profile(String name) {
    return Optional.ofNullable(ProfileFiles.all().get(name))
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "there is no such profile; choose one of "
                        + String.join(", ", ProfileFiles.all().keySet()),
                    Status.BAD_REQUEST));
  }

  private ClientModel client(String clientId) {
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null) {
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    auth.clients().requireView(client);
    return client;
  }

  private static boolean isSarif(String format, String accept) {
    if (format == null) {
      return accept != null && accept.contains(SarifReport.MEDIA_TYPE);
    }
    return switch (format) {
      case "sarif" -> true;
      case "json" -> false;
      default -> throw ErrorResponse.error("format must be json or sarif", Status.BAD_REQUEST);
    };
  }

  /**
   * A misspelt or empty parameter must not be ignored: without the name of a client, for example, a
   * request would affect all clients.
   */
  static void allow(KeycloakSession session, String... names) {
    session
        .getContext()
        .getUri()
        .getQueryParameters()
        .forEach(
            (name, values) -> {
              if (!List.of(names).contains(name)) {
                throw ErrorResponse.error(
                    "there is no such parameter; choose from " + String.join(", ", names),
                    Status.BAD_REQUEST);
              }
              if (values.size() > 1 || values.get(0).isEmpty()) {
                throw ErrorResponse.error(
                    name + " must have one value, or be left out", Status.BAD_REQUEST);
              }
            });
  }

  /** An invalid value must not count as false, which could mean "do it". */
  static boolean flag(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ErrorResponse.error(name + " must be true or false", Status.BAD_REQUEST);
    };
  }

  /** A response that must not be cached, in the language that the request asks for. */
  static Response json(Status status, JsonNode body) {
    Language language =
        Language.of(KeycloakSessionUtil.getKeycloakSession().getContext().getRequestHeaders());
    return Response.status(status)
        .entity(language.translate(body).toString())
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
