package io.github.fapipack.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.audit.ClientAudit;
import io.github.fapipack.report.ClientRow;
import io.github.fapipack.report.Standing;
import io.github.fapipack.report.Verdict;
import io.github.fapipack.report.Verdicts;
import io.github.fapipack.rule.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The clients of a reporting realm for which the rules could be enforced, because none of their own
 * requests of the last days would have been refused; and the others.
 *
 * @param days for how many days they must have been clean
 * @param clean those that can be moved to enforcing
 * @param left the others in report mode, each with the reason
 */
public record CleanClients(int days, List<Clean> clean, List<Left> left) {

  /** A client that can be moved, with its figures. */
  record Clean(ClientRow client, long since, long requests, long lastSeen) {}

  /** A client that stays in report mode, and why. */
  record Left(ClientRow client, Reason reason) {}

  /** By their names in the API. */
  enum Reason {
    /** No request of it was seen within those days. */
    noRequests,
    /** Some of its requests would have been refused within those days. */
    refusals,
    /** The realm has not been in report mode for that long. */
    tooShort,
    /** A rule refuses its settings, regardless of its requests. */
    findings
  }

  public static CleanClients of(
      KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, int days) {
    ClientProgress progress = ClientProgress.of(session, realm);
    List<ClientRow> watched =
        ClientRow.all(session, realm, auth, null).stream()
            .filter(client -> client.enabled() && progress.mode(client) == Mode.REPORT)
            .filter(client -> mayManage(realm, auth, client))
            .toList();
    Map<String, Verdict> verdicts =
        new Verdicts(session, realm, List.of(new Standing(session, realm).chosen())).ofOne(watched);
    long begin = Time.currentTimeMillis() - TimeUnit.DAYS.toMillis(days);
    List<Clean> clean = new ArrayList<>();
    List<Left> left = new ArrayList<>();
    for (ClientRow client : watched) {
      Verdict verdict = verdicts.get(client.id());
      if (verdict == null || !isJudged(verdict)) {
        continue; // it cannot be used, or the rules do not apply to it
      }
      Reason reason = reason(progress, client, verdict, begin, days);
      if (reason == null) {
        clean.add(
            new Clean(
                client,
                progress.cleanSince(client).orElseThrow(),
                progress.requests(client),
                progress.lastSeen(client)));
      } else {
        left.add(new Left(client, reason));
      }
    }
    return new CleanClients(days, List.copyOf(clean), List.copyOf(left));
  }

  private static boolean isJudged(Verdict verdict) {
    return verdict.state() == ClientAudit.State.clean
        || verdict.state() == ClientAudit.State.findings;
  }

  private static boolean mayManage(
      RealmModel realm, AdminPermissionEvaluator auth, ClientRow client) {
    if (!realm.isAdminPermissionsEnabled()) {
      return true; // whoever may manage clients may manage all
    }
    ClientModel model = realm.getClientById(client.id());
    return model != null && auth.clients().canManage(model);
  }

  private static Reason reason(
      ClientProgress progress, ClientRow client, Verdict verdict, long begin, int days) {
    OptionalLong since = progress.cleanSince(client);
    if (verdict.error() > 0) {
      return Reason.findings;
    }
    if (since.isEmpty() || (days > 0 && progress.lastSeen(client) < begin)) {
      return Reason.noRequests;
    }
    if (days == 0) {
      return progress.lastFailure(client) > 0 ? Reason.refusals : null;
    }
    if (progress.lastFailure(client) >= begin) {
      return Reason.refusals;
    }
    return since.getAsLong() > begin ? Reason.tooShort : null;
  }

  /** Those that can be moved to enforcing: their client_ids by their ids. */
  public Map<String, String> clientIdsById() {
    Map<String, String> ids = new LinkedHashMap<>();
    clean.forEach(one -> ids.put(one.client().id(), one.client().clientId()));
    return ids;
  }

  /** A hash; the same for the same clients. */
  public String planId() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", clientIdsById().keySet()).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("A plan cannot be hashed", e);
    }
  }

  public void addTo(ObjectNode answer) {
    answer.put("planId", planId()).put("cleanDays", days);
    var clients = answer.putArray("clients");
    clean.forEach(
        one ->
            clients
                .addObject()
                .put("id", one.client().id())
                .put("clientId", one.client().clientId())
                .put("cleanSince", one.since())
                .put("requests", one.requests())
                .put("lastSeen", one.lastSeen()));
    var others = answer.putArray("left");
    left.forEach(
        one ->
            others
                .addObject()
                .put("id", one.client().id())
                .put("clientId", one.client().clientId())
                .put("reason", one.reason().name()));
  }
}
