package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.services.clientpolicy.condition.ClientPolicyConditionProviderFactory;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** The ids of all rules and conditions, which stand in the realms of whoever uses the pack. */
class RuleIdsTest {
  private static final Path PINNED = Path.of("src/test/resources/rule-ids.txt");

  private static List<Class<?>> inTheCode() {
    return Stream.concat(
            types(ClientPolicyExecutorProviderFactory.class),
            types(ClientPolicyConditionProviderFactory.class))
        .filter(type -> Rule.class.isAssignableFrom(type) || Condition.class.isAssignableFrom(type))
        .toList();
  }

  private static <T> Stream<Class<?>> types(Class<T> factory) {
    return ServiceLoader.load(factory).stream().map(provider -> provider.type());
  }

  /**
   * With {@code -Dgenerated.update} new ids are added to the file; one that is in the file and not
   * in the code is a rule that realms would lose, and a line that only a person removes.
   */
  @Test
  void areThoseOfTheLastRelease() throws IOException {
    Collection<String> ids = new TreeSet<>(inTheCode().stream().map(Rule::id).toList());
    if (System.getProperty("generated.update") != null) {
      Collection<String> all = new TreeSet<>(Files.readAllLines(PINNED));
      all.addAll(ids);
      Files.write(PINNED, all);
    }

    assertThat(ids)
        .as("pin a new id: mvn test -pl providers -am -Dtest=RuleIdsTest -Dgenerated.update")
        .containsExactlyElementsOf(Files.readAllLines(PINNED));
  }

  @Test
  void noTwoClassesShareOne() {
    assertThat(inTheCode().stream().map(Rule::id)).doesNotHaveDuplicates();
  }
}
