package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.fapipack.profile.Change;
import io.github.fapipack.profile.ProfileFile;
import io.github.fapipack.profile.RealmFields;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.token.RestrictTokenAlgorithms;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.keycloak.util.JsonSerialization;

/**
 * Checks settings of the realm that are weaker than those of the profile's file. Other settings in
 * the file, such as languages or self-registration, are the realm's own choice.
 */
final class RealmSettings implements Check {

  /**
   * A setting that matters.
   *
   * @param weaker whether the realm's value (first) is weaker than the profile's
   */
  private record Demand(
      String pointer,
      Severity severity,
      String clause,
      String problem,
      BiPredicate<JsonNode, JsonNode> weaker) {}

  private static final String ALGORITHM = "/defaultSignatureAlgorithm";

  private static final BiPredicate<JsonNode, JsonNode> DIFFERENT =
      (own, wanted) -> !own.equals(wanted);
  private static final BiPredicate<JsonNode, JsonNode> LONGER =
      (own, wanted) -> own.asInt() > wanted.asInt();

  private static final List<Demand> DEMANDS =
      List.of(
          new Demand(
              "/sslRequired",
              Severity.ERROR,
              "FAPI2-SP 5.2.1-1",
              "the realm also answers without TLS",
              DIFFERENT),
          new Demand(
              ALGORITHM,
              Severity.ERROR,
              "FAPI2-SP 5.4.1-1.2",
              "the realm signs with an algorithm that is not allowed",
              DIFFERENT),
          new Demand(
              "/accessTokenLifespan",
              Severity.WARNING,
              "FAPI2-SP 5.3.2.1-14",
              "access tokens live longer than the profile allows",
              LONGER),
          new Demand(
              "/accessCodeLifespan",
              Severity.ERROR,
              "FAPI2-SP 5.3.2.1-11",
              "authorization codes live longer than the profile allows",
              LONGER),
          new Demand(
              "/attributes/parRequestUriLifespan",
              Severity.WARNING,
              "FAPI2-SP 5.3.2.2-12",
              "pushed requests live longer than the profile allows",
              LONGER),
          new Demand(
              "/revokeRefreshToken",
              Severity.WARNING,
              "FAPI2-SP 5.3.2.1-9",
              "refresh tokens are rotated",
              DIFFERENT),
          new Demand(
              "/bruteForceProtected",
              Severity.WARNING,
              null,
              "guessing of passwords is not limited",
              DIFFERENT),
          new Demand(
              "/eventsEnabled",
              Severity.WARNING,
              null,
              "refused requests are not stored as events",
              DIFFERENT),
          new Demand(
              "/adminEventsEnabled",
              Severity.WARNING,
              null,
              "changes of clients and policies are not recorded",
              DIFFERENT));

  @Override
  public String id() {
    return "fapi-realm-settings";
  }

  @Override
  public String help() {
    return "Lifetimes, TLS, algorithms, events and brute-force protection are as strict as in the"
        + " profile's realm.";
  }

  @Override
  public void check(RealmUnderAudit realm, Consumer<Finding> findings) {
    for (Demand demand : DEMANDS) {
      JsonNode wanted = realm.profile().json().at(demand.pointer());
      if (wanted.isMissingNode()) {
        continue;
      }
      Change change =
          new Change(
              Where.realm(demand.pointer()),
              RealmFields.read(realm.realm(), demand.pointer()),
              typed(wanted));
      if (demand.weaker().test(change.before(), change.after())
          && !isAllowedAlgorithm(realm.profile(), change)) {
        findings.accept(finding(demand, change));
      }
    }
    checkEvents(realm, findings);
  }

  /** A realm may prefer another algorithm than the profile's file, if the rules allow it. */
  private static boolean isAllowedAlgorithm(ProfileFile profile, Change change) {
    return change.where().pointer().equals(ALGORITHM)
        && profile.algorithms(RestrictTokenAlgorithms.class).contains(change.before().asText());
  }

  /** Keycloak's JSON has the numbers among the attributes as text. */
  private static JsonNode typed(JsonNode wanted) {
    return wanted.isTextual() && wanted.textValue().matches("\\d+")
        ? JsonSerialization.mapper.getNodeFactory().numberNode(Integer.parseInt(wanted.textValue()))
        : wanted;
  }

  private Finding finding(Demand demand, Change change) {
    return new Finding(
        demand.severity(),
        id(),
        demand.clause(),
        change.where(),
        demand.problem(),
        Finding.APPLY,
        List.of(change));
  }

  /** An empty list stands for all types. */
  private void checkEvents(RealmUnderAudit realm, Consumer<Finding> findings) {
    String pointer = "/enabledEventTypes";
    JsonNode own = RealmFields.read(realm.realm(), pointer);
    List<String> kept = RealmFields.texts(own);
    List<String> missing = new ArrayList<>(RealmFields.texts(realm.profile().json().at(pointer)));
    missing.removeAll(kept);
    if (kept.isEmpty() || missing.isEmpty()) {
      return;
    }
    TreeSet<String> all = new TreeSet<>(kept);
    all.addAll(missing);
    ArrayNode after = JsonSerialization.mapper.valueToTree(all);
    findings.accept(
        new Finding(
            Severity.WARNING,
            id(),
            null,
            Where.realm(pointer),
            "some types of events about refusals are not stored",
            Finding.APPLY,
            List.of(new Change(Where.realm(pointer), own, after))));
  }
}
