package io.github.fapipack.it.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Pki;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the harness adds to the directory, without a server. */
class DirectoryTest {
  private static final Pki PKI = Pki.create();
  private static final HttpTransport ANYONE = new HttpTransport(PKI.sslContext(null), false);
  private static final RSAKey KEY =
      new RSAKey.Builder(ClientKeys.ps256().toRSAKey()).keyID("box").build();

  private final Served served = new Served(null, "");
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() {
    served.serve("{\"keys\":[]}");
    server = LocalHttp.plain();
    server.createContext("/", served::respond);
    server.start();
    address = URI.create("http://localhost:" + server.getAddress().getPort() + "/keys");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private HttpExchange get() {
    return ANYONE.send("GET", address, new NamedValues(), "");
  }

  /** As the box would sign it. */
  private static Statement statement() {
    String signed =
        new Statement(KEY, Map.of("iss", "box", "org_id", "o", "software_id", "s"))
            .key(KEY)
            .iat(Duration.ZERO)
            .sign();
    return Statement.of(signed, KEY);
  }

  @Test
  void aStatementThatNobodyChangesIsTheOneThatTheBoxHasSigned() {
    String signed = statement().sign();

    assertThat(Statement.of(signed, KEY).sign()).isEqualTo(signed);
    assertThat(Statement.of(signed, KEY).with("org_id", "p").with("org_id", "o").sign())
        .as("a signature with PS256 is never the same")
        .isEqualTo(signed);
    assertThat(Statement.of(signed, KEY).with("org_id", "p").sign()).isNotEqualTo(signed);
  }

  @Test
  void everythingInAStatementCanBeChanged() throws Exception {
    Statement statement =
        statement()
            .with("software_id", "other")
            .without("org_id")
            .iat(Duration.ofMinutes(-10))
            .twice("iss", "\"evil\"")
            .header("jku", "https://evil.example/jwks");

    JWSObject jwt = JWSObject.parse(statement.sign());

    assertThat(jwt.getHeader().toJSONObject()).containsEntry("jku", "https://evil.example/jwks");
    assertThat(jwt.getPayload().toString())
        .contains("\"software_id\":\"other\"")
        .doesNotContain("org_id")
        .endsWith(",\"iss\":\"evil\"}");
  }

  @Test
  void aForgedStatementShowsTheKidOfTheDirectory() throws Exception {
    JWSObject forged = JWSObject.parse(statement().forgedBy(ClientKeys.ps256()).sign());

    assertThat(forged.getHeader().getKeyID()).isEqualTo("box");
    assertThat(forged.verify(new RSASSAVerifier(KEY))).isFalse();
  }

  @Test
  void aNestedStatementHoldsAWholeStatement() throws Exception {
    JWSObject outer = JWSObject.parse(statement().nested());

    RSASSAVerifier verifier = new RSASSAVerifier(KEY);
    assertThat(outer.verify(verifier)).isTrue();
    assertThat(JWSObject.parse(outer.getPayload().toString()).verify(verifier)).isTrue();
  }

  @Test
  void aSoftwareWithoutDirectorySignsItsStatementAndShowsItsCertificate() throws Exception {
    try (Community community = Community.start(PKI)) {
      JWSObject statement = JWSObject.parse(community.software("App").statement().sign());

      X509Certificate certificate =
          X509CertUtils.parse(statement.getHeader().getX509CertChain().get(0).decode());
      assertThat(statement.verify(new ECDSAVerifier((ECPublicKey) certificate.getPublicKey())))
          .isTrue();
      assertThat(certificate.getSubjectAlternativeNames().iterator().next().get(1))
          .isEqualTo(statement.getPayload().toJSONObject().get("iss"));
      certificate.verify(community.authority().certificate().getPublicKey());
    }
  }

  @Test
  void anAddressFailsOnDemandAndRecovers() {
    served.fail(Failure.DOWN);
    assertThatThrownBy(this::get).isInstanceOf(UncheckedIOException.class);
    served.fail(Failure.ERROR);
    assertThat(get().status()).isEqualTo(503);
    served.fail(Failure.GARBAGE);
    assertThatThrownBy(() -> JWKSet.parse(get().body())).isNotNull();
    served.fail(Failure.REDIRECT);
    assertThat(get().header("Location")).isEqualTo("/elsewhere");

    served.recover();
    served.serve("{}");

    assertThat(get().status()).isEqualTo(200);
    assertThat(served.requests()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void aSlowResponseStartsAndAnEndlessOneDoesNotStop() throws Exception {
    served.fail(Failure.SLOW);
    assertThat(begin(1)).isEqualTo(" ");

    served.fail(Failure.ENDLESS);
    assertThat(begin(2_000_000)).hasSize(2_000_000).startsWith("{\"keys\"");
  }

  /** The first bytes of a response, which is then given up. */
  private String begin(int bytes) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    try (InputStream body =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body()) {
      return new String(body.readNBytes(bytes), StandardCharsets.UTF_8);
    }
  }
}
