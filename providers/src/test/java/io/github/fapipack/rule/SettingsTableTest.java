package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** SETTINGS.md is what the rules say of themselves in the admin console. */
class SettingsTableTest {
  private static final Path FILE = Path.of("SETTINGS.md");
  private static final String BEGIN = "<!-- generated: settings -->\n";

  /** Keycloak gives it to every condition. */
  private static final String KEYCLOAKS_OWN = "is-negative-logic";

  private static final String END = "<!-- end of generated part -->";

  @Test
  void isWhatTheRulesSayOfThemselves() throws IOException {
    String text = Files.readString(FILE);
    int from = text.indexOf(BEGIN) + BEGIN.length();
    int to = text.indexOf(END, from);
    String wanted = text.substring(0, from) + content() + text.substring(to);

    if (System.getProperty("generated.update") != null) {
      Files.writeString(FILE, wanted);
    }
    assertThat(FILE)
        .as("write it anew: mvn test -pl providers -am -Dgenerated.update")
        .hasContent(wanted);
  }

  private static String content() {
    List<Rule<?>> rules =
        all(ClientPolicyExecutorProviderFactory.class)
            .<Rule<?>>flatMap(one -> one instanceof Rule<?> rule ? Stream.of(rule) : Stream.empty())
            .toList();
    List<Condition<?>> conditions =
        all(ClientPolicyConditionProviderFactory.class)
            .<Condition<?>>flatMap(
                one -> one instanceof Condition<?> own ? Stream.of(own) : Stream.empty())
            .toList();
    assertThat(rules).hasSizeGreaterThan(60);
    assertThat(conditions).isNotEmpty();

    return "\n## Settings of every rule\n\n"
        + table(RuleSettings.commonProperties().stream().map(one -> row("every rule", one)))
        + "\n## Settings of single rules\n\n"
        + table(rules.stream().flatMap(rule -> own(rule, rule.settings())))
        + "\n## Settings of conditions\n\n"
        + table(conditions.stream().flatMap(one -> rows(one, one.getConfigProperties())))
        + "\n## All rules\n\n"
        + "| Rule | What it does, and for which clauses |\n|---|---|\n"
        + rules.stream().map(SettingsTableTest::described).collect(Collectors.joining())
        + "\n";
  }

  private static <F extends ProviderFactory<?>> Stream<F> all(Class<F> type) {
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(ProviderFactory::getId));
  }

  private static String table(Stream<String> rows) {
    return "| Rule or condition | Setting | Type | Default | Meaning |\n|---|---|---|---|---|\n"
        + rows.collect(Collectors.joining());
  }

  private static Stream<String> own(Rule<?> rule, RuleSettings<?> settings) {
    return rows(rule, settings.properties());
  }

  private static Stream<String> rows(
      ProviderFactory<?> owner, List<ProviderConfigProperty> properties) {
    return properties.stream()
        .filter(property -> !property.getName().equals(KEYCLOAKS_OWN))
        .map(property -> row("`" + owner.getId() + "`", property));
  }

  private static String row(String owner, ProviderConfigProperty property) {
    return "| %s | `%s` | %s | %s | %s |\n"
        .formatted(
            owner,
            property.getName(),
            type(property),
            standard(property.getDefaultValue()),
            property.getHelpText());
  }

  private static String type(ProviderConfigProperty property) {
    return switch (property.getType()) {
      case ProviderConfigProperty.BOOLEAN_TYPE -> "boolean";
      case ProviderConfigProperty.MULTIVALUED_STRING_TYPE -> "list";
      case ProviderConfigProperty.LIST_TYPE ->
          property.getOptions().stream().collect(Collectors.joining("` or `", "`", "`"));
      default -> isNumber(property.getDefaultValue()) ? "number" : "text";
    };
  }

  private static boolean isNumber(Object value) {
    return value != null && value.toString().matches("\\d+");
  }

  private static String standard(Object value) {
    String text =
        value instanceof List<?> list
            ? list.stream().map(Object::toString).collect(Collectors.joining(" "))
            : String.valueOf(value);
    return text.isEmpty() ? "none" : "`" + text + "`";
  }

  private static String described(Rule<?> rule) {
    String standing = rule.isStanding() ? " *Holds also where no profile names it.*" : "";
    return "| `%s` | %s%s |\n".formatted(rule.getId(), help(rule), standing);
  }

  private static String help(ConfiguredProvider rule) {
    return rule.getHelpText();
  }
}
