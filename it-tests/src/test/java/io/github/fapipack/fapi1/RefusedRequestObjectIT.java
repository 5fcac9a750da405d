package io.github.fapipack.fapi1;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.text.ParseException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of a request object are reported, on a page and to the client. */
class RefusedRequestObjectIT {
  private static final String INVALID = "invalid_request_object";
  private static final String SCOPE = "scope is outside of the request object";

  @FapiRealm("fapi1-advanced")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = Fapi1Client.jarm(realm, ClientOrigin.BEFORE_POLICY);
  }

  private static JWK serverKey() throws ParseException {
    return JWKSet.parse(old.serverKeys()).getKeys().stream()
        .filter(key -> "enc".equals(String.valueOf(key.getKeyUse())))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-10")
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-10")
  void aScopeThatIsOnlyBesideIsAnError(ClientOrigin origin) throws ParseException {
    FapiClient client = Fapi1Client.jarm(realm, origin);

    said(client.visitByValue(o -> o.without("scope")).with("scope", "openid"));
    said(client.visitByValue(o -> o.without("scope")).adding("scope", "a").adding("scope", "b"));
    JWK key = serverKey();
    said(
        client
            .visitByValue(o -> o.without("scope").encryptedFor(key))
            .with("scope", "openid profile"));
    HttpExchange refusal =
        client
            .par()
            .requestObject(o -> o.without("scope"))
            .beside("scope", "openid")
            .expectError(400, INVALID);
    assertThat(refusal.errorDescription()).contains(SCOPE);

    Pushed pushed = client.par().requestObject(o -> o.without("scope")).expect();
    said(client.visit(pushed).with("scope", "openid"));

    client.par().beside("scope", "openid profile").expect();
    visit(client, o -> {}).with("scope", "openid profile").expectCode();
    client
        .visit(client.par().expect())
        .as(TestRealm.USERNAME, realm.password())
        .with("scope", "openid profile")
        .expectCode();
  }

  private static void said(AuthorizationVisit visit) {
    assertThat(visit.expectError(INVALID).parameter("error_description")).contains(SCOPE);
  }

  private static AuthorizationVisit visit(FapiClient client, Consumer<RequestObject> edit) {
    return client.visitByValue(edit).as(TestRealm.USERNAME, realm.password());
  }

  @Test
  @Accepts(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-10")
  void aRequestWithoutAnyScopeIsNone() {
    visit(old, o -> o.without("scope")).without("scope").expectCode();
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        wrong("signed by another key", "signature", o -> o.key(ClientKeys.es256())),
        wrong("kid unknown", "signature", o -> o.header("kid", "unknown")),
        wrong("max_age of text", "max_age", o -> o.claim("max_age", "soon")),
        wrong("request_uri inside", "request_uri", o -> o.claim("request_uri", "urn:x")));
  }

  private static Arguments wrong(String what, String said, Consumer<RequestObject> edit) {
    return Arguments.of(Named.of(what, edit), said);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI1-ADV 5.2.2-1", "RFC9101 6.3-1"})
  void thePageAndThePushedAnswerSayWhatIsWrong(Consumer<RequestObject> edit, String said) {
    assertThat(old.visitByValue(edit).expectErrorPage().words())
        .contains("the request object is refused", said);
    HttpExchange refusal = old.par().requestObject(edit).expectError(400, INVALID);
    assertThat(refusal.errorDescription()).contains("the request object is refused", said);
  }

  @ParameterizedTest
  @CsvSource({"nonsense,signed", "e30.e30.e30,signed", "a.b.c.d.e,decrypted"})
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"FAPI1-ADV 5.2.2-1", "RFC9101 6.3-1"})
  void soIsOneThatIsNoJwt(String request, String said) {
    assertThat(old.visitByValue(o -> {}).with("request", request).expectErrorPage().words())
        .contains("the request object is refused", said)
        .doesNotContain("keycloak", "Exception");
    HttpExchange refusal = old.par().beside("request", request).expectError(400, INVALID);
    assertThat(refusal.errorDescription()).contains("the request object is refused", said);
  }

  @Test
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void oneWithoutAValueCountsAsNotSent() {
    assertThat(old.visitByValue(o -> {}).with("request", "").expectErrorPage().words())
        .contains("signed request object");
    old.par().beside("request", "").expectError(400, "invalid_request");
  }

  @Test
  @Rejects(by = "RequireSignedRequestObject", value = "FAPI1-ADV 5.2.2-1")
  void andOneThatIsEncryptedForSomebodyElse() {
    JWK other = new RSAKey.Builder((RSAKey) ClientKeys.ps256()).keyUse(KeyUse.ENCRYPTION).build();

    assertThat(old.visitByValue(o -> o.encryptedFor(other)).expectErrorPage().words())
        .contains("decrypted");
  }
}
