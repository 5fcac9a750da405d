package io.github.fapipack.it.apicheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.http.Json;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Requests for something else than the user has approved. */
final class DetailAttacks {
  private static final String COMPARE =
      "Compare each member of the request with the authorization details of the token.";
  private static final String SPEND =
      "Mark an approval as used in one step, for all nodes together, before you act on it.";

  private DetailAttacks() {}

  static List<Attack> all() {
    return List.of(
        attack("other-account", "A resource of another account", "RFC9396 9-1", COMPARE)
            .playing(DetailAttacks::otherAccount),
        attack("wrong-details", "A token with other authorization details", "RFC9396 9-1", COMPARE)
            .playing(DetailAttacks::wrongDetails),
        attack("details-missing", "A token without authorization details", "RFC9396 9-1", COMPARE)
            .playing(DetailAttacks::noDetails),
        altered(
            "amount-higher",
            "A higher amount than approved",
            List.of("amount", "value"),
            DetailAttacks::higher),
        altered(
            "amount-negative",
            "A negative amount",
            List.of("amount", "value"),
            DetailAttacks::negative),
        altered(
            "currency-other",
            "Another currency than approved",
            List.of("currency"),
            (name, old) -> Json.tree(old.asText().equals("SEK") ? "NOK" : "SEK")),
        altered(
            "creditor-other",
            "Another creditor than approved",
            List.of("iban", "creditorAccount", "creditorName", "payee", "identification"),
            DetailAttacks::other),
        attack("double-spend", "What was approved once, once more", "RFC9396 9-1", SPEND)
            .playing(DetailAttacks::twice)
            .unless(scene -> !scene.settings().once(), "--once is not given"),
        attack(
                "double-spend-refreshed",
                "What was approved once, with a refreshed token",
                "RFC9396 9-1",
                "Count by approval, not by token: tokens of one approval are many.")
            .playing(DetailAttacks::refreshed)
            .unless(scene -> !scene.settings().once(), "--once is not given"),
        attack(
                "double-spend-at-once",
                "What was approved once, twice at the same time",
                "RFC9396 9-1",
                SPEND)
            .playing(DetailAttacks::twiceAtOnce)
            .unless(scene -> !scene.settings().once(), "--once is not given"));
  }

  private static Attack attack(String id, String title, String clause, String fix) {
    return Attack.of(Topic.DETAILS, id, title, clause, fix, Expected.DETAILS);
  }

  private static Answer otherAccount(Scene scene) {
    URI other =
        scene
            .settings()
            .given()
            .address(Option.OTHER_ACCOUNT)
            .orElseThrow(() -> new NotApplicable("--other-account is not given"));
    return scene.altered(draft -> draft.at(other));
  }

  private static Answer wrongDetails(Scene scene) {
    String details =
        scene
            .settings()
            .given()
            .content(Option.WRONG_DETAILS)
            .orElseThrow(() -> new NotApplicable("--wrong-details is not given"));
    Holding other = scene.tryToObtain(scene.client(), scene.settings().ask().details(details));
    return scene.altered(other, draft -> {});
  }

  private static Answer noDetails(Scene scene) {
    if (scene.settings().ask().details() == null) {
      throw new NotApplicable("--details is not given");
    }
    Holding other = scene.tryToObtain(scene.client(), scene.settings().ask().details(null));
    return scene.altered(other, draft -> {});
  }

  private static Attack altered(
      String id, String title, List<String> names, BiFunction<String, JsonNode, JsonNode> change) {
    return attack(id, title, "RFC9396 9-1", COMPARE)
        .playing(
            scene -> {
              if (scene.settings().ask().details() == null) {
                throw new NotApplicable("--details is not given");
              }
              String body = altered(scene.settings().target().body(), names, change);
              String type = scene.settings().target().contentType();
              return scene.altered(draft -> draft.body(body, type));
            });
  }

  private static String altered(
      String body, List<String> names, BiFunction<String, JsonNode, JsonNode> change) {
    JsonNode json = json(body);
    boolean found = false;
    for (String name : names) {
      for (JsonNode parent : json.findParents(name)) {
        JsonNode old = parent.path(name);
        if (old.isValueNode() && parent instanceof ObjectNode object) {
          object.set(name, change.apply(name, old));
          found = true;
        }
      }
    }
    if (!found) {
      throw new NotApplicable("the body has no member " + String.join(" or ", names));
    }
    return json.toString();
  }

  private static JsonNode json(String body) {
    try {
      if (!body.isEmpty()) {
        return Json.parse(body);
      }
    } catch (UncheckedIOException e) {
      throw new NotApplicable("the body is no JSON");
    }
    throw new NotApplicable("--body is not given");
  }

  private static JsonNode higher(String name, JsonNode old) {
    return number(old, decimal(old).add(BigDecimal.ONE));
  }

  private static JsonNode negative(String name, JsonNode old) {
    return number(old, decimal(old).negate());
  }

  /** A number stays a number, and a text a text. */
  private static JsonNode number(JsonNode old, BigDecimal value) {
    return old.isTextual() ? Json.tree(value.toPlainString()) : Json.tree(value);
  }

  private static BigDecimal decimal(JsonNode old) {
    try {
      return new BigDecimal(old.asText());
    } catch (NumberFormatException e) {
      throw new NotApplicable("the amount of the body is no number");
    }
  }

  private static JsonNode other(String name, JsonNode old) {
    String text = old.asText();
    int last = text.length() - 1;
    return Json.tree(
        text.isEmpty()
            ? "other"
            : text.substring(0, last) + (text.charAt(last) == '9' ? '8' : '9'));
  }

  private static Answer twice(Scene scene) {
    Holding approved = scene.holding();
    Replays.requirePassed(scene.altered(approved, draft -> {}));
    return scene.altered(approved, draft -> {});
  }

  private static Answer refreshed(Scene scene) {
    Holding approved = scene.holding();
    if (approved.tokens().refreshToken() == null) {
      throw new NotApplicable("the issuer has given no refresh token");
    }
    Replays.requirePassed(scene.altered(approved, draft -> {}));
    return scene.altered(scene.refreshed(approved), draft -> {});
  }

  /** With a proof each, so that only the approval stands in the way. */
  private static Answer twiceAtOnce(Scene scene) {
    if (scene.usesNonces()) {
      Replays.requirePassed(scene.honestly());
    }
    Holding approved = scene.holding();
    List<Draft> pair = new ArrayList<>(List.of(scene.honest(approved), scene.honest(approved)));
    return Replays.loser(scene.together(pair.get(0), pair.get(1)));
  }
}
