package io.github.fapipack.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.RealmModel;

class TemplatesOfRealmTest {

  private static final String PLAIN = TemplateDocument.resource("plain.json");
  private static final String NAME = "A scheme with standard names";

  private final String realmId = UUID.randomUUID().toString();
  private final Map<String, String> attributes = new HashMap<>();

  @AfterEach
  void withoutFolder() {
    TemplateFolder.use(null);
  }

  private Templates templates() {
    return Templates.of(
        (RealmModel)
            Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getId", "getName" -> realmId;
                      case "getAttribute" -> attributes.get((String) arguments[0]);
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
  }

  @Test
  void aRealmWithoutTheAttributeIsNoDirectory() {
    assertThat(templates().inUse()).isEmpty();
    attributes.put(Templates.IN_USE, " ");
    assertThat(templates().id()).isNull();
    assertThat(templates().inUse()).isEmpty();
    assertThat(templates().fault()).isEmpty();
  }

  @Test
  void theRealmsOwnTemplateComesBeforeThatOfTheFolderAndThatOfThePack(@TempDir Path folder)
      throws IOException {
    attributes.put(Templates.IN_USE, "plain");
    assertThat(templates().inUse().orElseThrow().name()).isEqualTo(NAME);
    assertThat(templates()).isSameAs(templates());

    Files.writeString(folder.resolve("plain.json"), PLAIN.replace(NAME, "From the folder"));
    TemplateFolder.use(folder);
    assertThat(templates().inUse().orElseThrow().name()).isEqualTo("From the folder");

    attributes.put("fapi.scheme.plain", PLAIN.replace(NAME, "From the realm"));
    assertThat(templates().inUse().orElseThrow().name()).isEqualTo("From the realm");
  }

  @Test
  void aTemplateThatCannotBeReadIsNotReplacedByAnother() {
    attributes.put(Templates.IN_USE, "plain");
    attributes.put("fapi.scheme.plain", "{}");
    assertThat(templates().inUse()).isEmpty();
    assertThat(templates().id()).isEqualTo("plain");
    assertThat(templates().fault().orElseThrow()).contains("is missing");

    attributes.put("fapi.scheme.plain", PLAIN.replace("\"plain\"", "\"other\""));
    assertThat(templates().fault().orElseThrow()).contains("not the name");

    attributes.put(Templates.IN_USE, "unheard-of");
    assertThat(templates().fault().orElseThrow()).isEqualTo("there is no such template");
  }

  static List<String> shipped() {
    return Templates.SHIPPED;
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void everyTemplateOfThePackCanBeUsed(String id) {
    attributes.put(Templates.IN_USE, id);
    assertThat(templates().fault()).isEmpty();
    assertThat(templates().inUse().orElseThrow().roles()).isNotEmpty();
  }
}
