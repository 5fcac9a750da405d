package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.Demands;
import io.github.fapipack.resourceserver.routes.DemandRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What operations demand, as text: {@code GET /accounts/** scope=accounts; POST /payments
 * scope=payments acr=loa3 max-age=300; GET /health open}.
 */
final class DemandLines {
  private DemandLines() {}

  /**
   * The rules.
   *
   * @throws IllegalArgumentException says which one is wrong
   */
  static DemandRules parse(String text) {
    DemandRules rules = DemandRules.none();
    for (String line : text.split("[;\n]")) {
      if (!line.isBlank()) {
        rules = with(rules, List.of(line.strip().split("\\s+")));
      }
    }
    return rules;
  }

  private static DemandRules with(DemandRules rules, List<String> words) {
    if (words.size() < 3) {
      throw new IllegalArgumentException(
          "say what is demanded, such as scope=accounts, token or open: "
              + String.join(" ", words));
    }
    String operation = words.get(0) + " " + words.get(1);
    List<String> demands = words.subList(2, words.size());
    return demands.equals(List.of("open"))
        ? rules.open(operation)
        : rules.on(operation, demands(demands));
  }

  private static Demands demands(List<String> words) {
    Set<String> scopes = new LinkedHashSet<>();
    List<String> acr = new ArrayList<>();
    Optional<Duration> maxAge = Optional.empty();
    for (String word : words) {
      String value = word.substring(word.indexOf('=') + 1);
      if (word.startsWith("scope=") && !value.isEmpty()) {
        scopes.add(value);
      } else if (word.startsWith("acr=") && !value.isEmpty()) {
        acr.add(value);
      } else if (word.matches("max-age=[0-9]{1,9}")) {
        maxAge = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
      } else if (!word.equals("token")) {
        throw new IllegalArgumentException(
            "a demand is scope=…, acr=…, max-age=SECONDS, token or open, but not " + word);
      }
    }
    return new Demands(scopes, acr, maxAge);
  }
}
