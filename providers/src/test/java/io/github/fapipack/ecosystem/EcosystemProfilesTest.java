package io.github.fapipack.ecosystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keycloak.models.RealmModel;

class EcosystemProfilesTest {

  private static final String UK = EcosystemDocument.resource("open-banking-uk.json");

  private final String realmId = UUID.randomUUID().toString();
  private final Map<String, String> attributes = new HashMap<>();

  @AfterEach
  void withoutFolder() {
    ProfileFolder.use(null);
  }

  private EcosystemProfiles profiles() {
    return EcosystemProfiles.of(
        (RealmModel)
            Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getId", "getName" -> realmId;
                      case "getAttribute" -> attributes.get((String) arguments[0]);
                      case "getAttributes" -> attributes;
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
  }

  @Test
  void aRealmWithoutTheAttributeBelongsToNone() {
    assertThat(profiles().isNamed()).isFalse();
    attributes.put(EcosystemProfiles.IN_USE, " ");
    assertThat(profiles().isNamed()).isFalse();
    assertThat(profiles().inUse()).isEmpty();
    assertThat(profiles().fault()).isEmpty();
  }

  @Test
  void theRealmsOwnProfileComesBeforeThatOfTheFolderAndThatOfThePack(@TempDir Path folder)
      throws IOException {
    attributes.put(EcosystemProfiles.IN_USE, "open-banking-uk");
    assertThat(profiles().inUse().orElseThrow().name()).isEqualTo("Open Banking UK");

    Files.writeString(
        folder.resolve("open-banking-uk.json"), UK.replace("Open Banking UK", "From the folder"));
    ProfileFolder.use(folder);
    assertThat(profiles().inUse().orElseThrow().name()).isEqualTo("From the folder");

    attributes.put(
        "fapi.ecosystem.open-banking-uk", UK.replace("Open Banking UK", "From the realm"));
    assertThat(profiles().inUse().orElseThrow().name()).isEqualTo("From the realm");
  }

  @Test
  void aProfileThatCannotBeReadIsNotReplacedByAnother() {
    attributes.put(EcosystemProfiles.IN_USE, "open-banking-uk");
    attributes.put("fapi.ecosystem.open-banking-uk", "{}");
    assertThat(profiles().isNamed()).isTrue();
    assertThat(profiles().inUse()).isEmpty();
    assertThat(profiles().fault().orElseThrow()).contains("is missing");

    attributes.put("fapi.ecosystem.open-banking-uk", UK.replace("open-banking-uk", "other"));
    assertThat(profiles().fault().orElseThrow()).contains("not the name");

    attributes.put(EcosystemProfiles.IN_USE, "unheard-of");
    assertThat(profiles().fault().orElseThrow()).contains("no such profile");
  }
}
