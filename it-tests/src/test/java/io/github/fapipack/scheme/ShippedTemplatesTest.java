package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Use;
import io.github.fapipack.it.directory.Brazil;
import io.github.fapipack.it.directory.ConsumerDataRight;
import io.github.fapipack.it.directory.Directory;
import io.github.fapipack.it.directory.Ecosystem;
import io.github.fapipack.it.directory.UnitedKingdom;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.Pki;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.RealmModel;

/**
 * The templates of ecosystems word an organisation and its software as the stand-ins do, with which
 * the engine for ecosystems is tested.
 */
class ShippedTemplatesTest {
  private static final DirectoryAddresses ADDRESSES =
      new DirectoryAddresses("https://directory.example/realms/d");

  static Stream<Arguments> ecosystems() {
    return Stream.of(
        Arguments.of("open-finance-brazil", new Brazil(), "BR", "1.1"),
        Arguments.of("open-banking-uk", new UnitedKingdom(), "GB", "2.2"),
        Arguments.of("cdr-australia", new ConsumerDataRight(), "AU", null));
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void aStatementHasTheSameMembers(
      String template, Ecosystem ecosystem, String country, String version) {
    try (Sample sample = new Sample(ecosystem, country, version)) {
      ObjectNode expected = (ObjectNode) Json.tree(ecosystem.statement(sample.software));
      ObjectNode made = copy(template(template).statement(ADDRESSES, sample.own, sample.product));

      assertThat(names(made)).containsExactlyInAnyOrderElementsOf(names(expected));
      assertThat(made.path("iat").isIntegralNumber()).isTrue();
      List<String> ofItsOwn =
          List.of("iat", "exp", "jti", "jwks_uri", "software_jwks_uri", "software_jwks_endpoint");
      assertThat(made.remove(ofItsOwn)).isEqualTo(copy(expected).remove(ofItsOwn));
    }
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void theListHasTheSameMembers(
      String template, Ecosystem ecosystem, String country, String version) {
    try (Sample sample = new Sample(ecosystem, country, version)) {
      JsonNode expected = ecosystem.participants(List.of(sample.software.organisation()));
      JsonNode made =
          template(template)
              .participants(
                  ADDRESSES, List.of(sample.own), Map.of(sample.own.id(), List.of(sample.product)));

      assertThat(made).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("ecosystems")
  void aCertificateHasTheSameSubject(
      String template, Ecosystem ecosystem, String country, String version) {
    try (Sample sample = new Sample(ecosystem, country, version)) {
      X500Name expected = ecosystem.subject(sample.software);
      X500Name made =
          X500Name.getInstance(
              template(template).subject(Use.TRANSPORT, sample.own, sample.product).getEncoded());

      assertThat(attributes(made).keySet())
          .containsExactlyElementsOf(attributes(expected).keySet());
      Map<String, String> ours = attributes(made);
      Map<String, String> theirs = attributes(expected);
      // The stand-in makes up a host; a directory knows none that never changes.
      theirs.computeIfPresent(BCStyle.CN.getId(), (type, name) -> name.replace(".tpp.example", ""));
      assertThat(ours).isEqualTo(theirs);
    }
  }

  /** An organisation with a software, at the stand-in and in our words. */
  private static final class Sample implements AutoCloseable {
    final Directory directory;
    final io.github.fapipack.it.directory.Software software;
    final Organisation own;
    final Software product;

    Sample(Ecosystem ecosystem, String country, String version) {
      directory = Directory.start(ecosystem, Pki.create());
      software = directory.organisation("Größte Bank & Söhne, \"A\"").software("App + <b>");
      Map<String, Standing> roles = new LinkedHashMap<>();
      software.roles().keySet().forEach(role -> roles.put(role, Standing.ACTIVE));
      io.github.fapipack.it.directory.Organisation organisation = software.organisation();
      own =
          new Organisation(
              organisation.id(),
              organisation.name(),
              organisation.number(),
              country,
              Standing.ACTIVE,
              null,
              roles,
              Instant.now(),
              0);
      product = product(version, roles);
    }

    private Software product(String version, Map<String, Standing> roles) {
      String site = "https://" + software.id() + ".tpp.example/";
      SoftwareData data =
          new SoftwareData(
              software.name(),
              software.name(),
              version,
              site,
              site + "logo.png",
              site + "policy.html",
              site + "tos.html",
              software.redirectUris(),
              new LinkedHashSet<>(roles.keySet()));
      return new Software(
          software.id(),
          own.id(),
          data,
          Standing.ACTIVE,
          Standing.ACTIVE,
          null,
          roles,
          Instant.now(),
          Instant.now(),
          0);
    }

    @Override
    public void close() {
      directory.close();
    }
  }

  private static SchemeTemplate template(String id) {
    RealmModel realm =
        (RealmModel)
            Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getId", "getName" -> id;
                      case "getAttribute" -> SchemeTemplate.IN_USE.equals(arguments[0]) ? id : null;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return SchemeTemplate.of(realm).orElseThrow();
  }

  /** With the types of numbers that the parser gives. */
  private static ObjectNode copy(JsonNode json) {
    return (ObjectNode) Json.parse(json.toString());
  }

  private static List<String> names(ObjectNode json) {
    return json.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static Map<String, String> attributes(X500Name name) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Arrays.stream(name.getRDNs())
        .forEach(
            rdn ->
                attributes.put(
                    rdn.getFirst().getType().getId(), rdn.getFirst().getValue().toString()));
    return attributes;
  }
}
