package io.github.fapipack.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.audit.Audit;
import io.github.fapipack.audit.Finding;
import io.github.fapipack.audit.KeySetFetch;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ClientFields;
import io.github.fapipack.profile.KeyComponents;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.rule.Mode;
import io.github.fapipack.rule.Rollout;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.util.JsonSerialization;

/**
 * All that applying a profile changes in a realm, according to its audit.
 *
 * @param profile the profile's name
 * @param changes in the order in which they are made
 * @param left the findings that remain: those that need a person, and in report mode all of them
 */
public record Plan(String profile, List<Change> changes, List<Finding> left) {

  /**
   * Audits a realm and plans what to change.
   *
   * @param disable whether clients that cannot be repaired are disabled
   */
  public static Plan of(Audit audit, ProfileFile profile, boolean disable) {
    Map<Where, Change> changes = new LinkedHashMap<>();
    List<Finding> left = new ArrayList<>();
    audit.realm(profile, finding -> add(changes, left, finding));
    try (KeySetFetch fetch = KeySetFetch.none()) {
      audit.clients(
          profile,
          fetch,
          client -> {
            if (disable && client.findings().stream().anyMatch(Plan::needsPeople)) {
              add(changes, disabling(client.where()));
            } else {
              client.findings().forEach(finding -> add(changes, left, finding));
            }
          });
    }
    return new Plan(profile.name(), List.copyOf(changes.values()), left);
  }

  /**
   * Plans how a realm starts to report with a profile, without refusing anything: its rules are
   * added, events are stored, and would-be refusals are recorded. Keys are added for algorithms of
   * the profile for which the realm has none, so that single clients can be moved to enforcing; a
   * new key affects no other client. Nothing else changes, so findings in clients remain until the
   * profile is enforced.
   */
  public static Plan toReport(Audit audit, ProfileFile profile, RealmModel realm) {
    Map<Where, Change> changes = new LinkedHashMap<>();
    audit.realm(
        profile,
        finding ->
            finding.changes().stream()
                .filter(change -> onlyRecords(change) || isSigningKey(profile, change))
                .forEach(change -> add(changes, change)));
    Rollout now = Rollout.of(realm);
    if (now.mode() == Mode.ENFORCE) {
      Where where = Where.realm(RealmFields.ROLLOUT);
      // An unreadable state means enforcing, and is replaced too.
      JsonNode before = RealmFields.read(realm, RealmFields.ROLLOUT);
      add(changes, new Change(where, before, TextNode.valueOf(Rollout.reporting().text())));
    }
    List<Finding> left = new ArrayList<>();
    try (KeySetFetch fetch = KeySetFetch.none()) {
      audit.clients(profile, fetch, client -> left.addAll(client.findings()));
    }
    return new Plan(profile.name(), List.copyOf(changes.values()), left);
  }

  private static boolean onlyRecords(Change change) {
    return switch (change.where().kind()) {
      case profile, policy -> true;
      case realm -> change.where().pointer().equals("/eventsEnabled");
      default -> false;
    };
  }

  private static boolean isSigningKey(ProfileFile profile, Change change) {
    return change.where().kind() == Where.Kind.key
        && change.before().isNull()
        && profile
            .algorithms(RestrictTokenAlgorithms.class)
            .contains(KeyComponents.algorithm(change.after()));
  }

  private static boolean needsPeople(Finding finding) {
    return finding.severity() == Severity.ERROR && !finding.repairable();
  }

  private static Change disabling(Where client) {
    return new Change(
        client.at("/enabled"), ClientFields.json(Boolean.TRUE), ClientFields.json(Boolean.FALSE));
  }

  private static void add(Map<Where, Change> changes, List<Finding> left, Finding finding) {
    if (finding.repairable()) {
      finding.changes().forEach(change -> add(changes, change));
    } else {
      left.add(finding);
    }
  }

  /**
   * If several findings change one field, their changes are merged: the first one's before and the
   * last one's after.
   */
  private static void add(Map<Where, Change> changes, Change change) {
    changes.merge(
        change.where(),
        change,
        (first, last) -> new Change(first.where(), first.before(), last.after()));
  }

  /** A hash; two plans with the same id change the same things from the same state. */
  public String id() {
    try {
      byte[] text = JsonSerialization.writeValueAsBytes(List.of(profile, changes));
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("A plan cannot be hashed", e);
    }
  }
}
