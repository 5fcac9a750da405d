package io.github.fapipack.it.demo;

import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user's options for {@code mvn -Pflow}, each as a system property.
 *
 * @param chosenAlgorithm empty for the one that the client's file names, otherwise ES256
 * @param bind empty for DPoP if the server supports it, otherwise mutual TLS
 * @param issuer another server; empty for the one in the client's file
 * @param clientFile the client.json to use
 * @param openId whether to ask for an ID token
 * @param scenario what to show
 */
record FlowOptions(
    ClientAuth auth,
    Optional<SenderConstraint> bind,
    Optional<String> chosenAlgorithm,
    boolean openId,
    Optional<String> issuer,
    Path clientFile,
    Scenario scenario) {

  /** What the flow shows. */
  enum Scenario {
    /** A login, and its tokens. */
    LOGIN,
    /** A payment, and its grant. */
    PAYMENT,
    /** A third party that joins a scheme. */
    ONBOARDING
  }

  private static final String START_ONE = "start a server with: mvn -Pserve";

  static FlowOptions fromSystemProperties() {
    ClientAuth auth = chosenAuth();
    Optional<SenderConstraint> bind =
        property("bind")
            .map(given -> oneOf("bind", List.of("dpop", "mtls")))
            .map(bound -> bound.equals("mtls") ? SenderConstraint.MTLS : SenderConstraint.DPOP);
    return new FlowOptions(
        auth,
        bind,
        property("alg").map(given -> oneOf("alg", List.of("ES256", "PS256", "EdDSA"))),
        oneOf("oidc", List.of("true", "false")).equals("true"),
        chosenIssuer(),
        clientFile(auth),
        chosenScenario());
  }

  private static Scenario chosenScenario() {
    String name = oneOf("scenario", List.of("login", "payment", "onboarding"));
    return Scenario.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** The algorithm with which a client signs. */
  String algorithm(SampleClient sample) {
    return chosenAlgorithm.or(sample::algorithm).orElse("ES256");
  }

  boolean payment() {
    return scenario == Scenario.PAYMENT;
  }

  boolean onboarding() {
    return scenario == Scenario.ONBOARDING;
  }

  /** The scope to ask for: {@code openid} selects OpenID Connect. */
  String scope() {
    return openId ? "openid profile email" : "profile email";
  }

  private static Optional<String> chosenIssuer() {
    Optional<String> issuer = property("issuer");
    if (issuer.isPresent() && !isWebAddress(issuer.get())) {
      throw new FlowFailure(
          "-Dissuer="
              + issuer.get()
              + " is no address; give one such as https://host/realms/name.");
    }
    return issuer;
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = new URI(text);
      return uri.getHost() != null && List.of("https", "http").contains(uri.getScheme());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** A client file that the user names states its authentication method itself. */
  private static ClientAuth chosenAuth() {
    Optional<Path> given = property("client").map(Path::of).filter(Files::isRegularFile);
    if (property("auth").isEmpty() && given.isPresent()) {
      return ClientAuth.of(Json.read(given.get()).path("clientAuth").asText("private_key_jwt"));
    }
    return ClientAuth.of(oneOf("auth", List.of("private_key_jwt", "tls_client_auth")));
  }

  private static Path clientFile(ClientAuth auth) {
    Optional<Path> given = property("client").map(Path::of);
    if (property("issuer").isPresent() && given.isEmpty()) {
      throw new FlowFailure(
          "-Dissuer needs -Dclient=<file>, which describes your client as the client.json files"
              + " under it-tests/target/serve/clients do.");
    }
    if (given.isEmpty()) {
      return served(auth);
    }
    if (!Files.isRegularFile(given.get())) {
      throw new FlowFailure("There is no " + given.get() + "; correct -Dclient.");
    }
    return given.get();
  }

  /** What {@code mvn -Pserve} has written about its server. */
  static Path servedFile() {
    return root().resolve("it-tests/target/serve/serve.json");
  }

  /** The text with which the directory of {@code mvn -Pserve} words things. */
  static Path templateFile() {
    return root().resolve("providers/src/main/resources/fapi-schemes/plain.json");
  }

  static Path root() {
    return Path.of(System.getProperty("harness.root", "")).toAbsolutePath().normalize();
  }

  private static Path served(ClientAuth auth) {
    Path clients = root().resolve("it-tests/target/serve/clients");
    String realm = property("realm").orElse("fapi2-security-profile");
    if (Files.isDirectory(clients) && !names(clients).contains(realm)) {
      throw new FlowFailure("-Drealm=" + realm + " is none of " + names(clients) + ".");
    }
    Path file =
        clients
            .resolve(realm)
            .resolve(auth == ClientAuth.PRIVATE_KEY_JWT ? "sample-private-key-jwt" : "sample-mtls")
            .resolve("client.json");
    if (!Files.isRegularFile(file)) {
      throw new FlowFailure("There is no " + file + ": " + START_ONE + ".");
    }
    return file;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String oneOf(String name, List<String> values) {
    String value = property(name).orElse(values.get(0));
    if (!values.contains(value)) {
      throw new FlowFailure("-D" + name + "=" + value + " is none of " + values + ".");
    }
    return value;
  }

  private static Optional<String> property(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .filter(value -> !value.isBlank() && !value.startsWith("${"));
  }
}
