package io.github.fapipack.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.authentication.RestrictClientAssertionAlgorithm;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import io.github.fapipack.keys.KeyFault;
import io.github.fapipack.keys.KeyStrength;
import io.github.fapipack.keys.ReadableKeys;
import io.github.fapipack.keys.RegisteredKeySet;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import io.github.fapipack.signing.RequireFittingKeys;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.common.util.PemUtils;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;

/**
 * Checks the keys with which a client authenticates: there are some, at least one can sign as the
 * profile requires, none is private, and no certificate expires soon.
 */
final class ClientKeySet implements ClientCheck {

  private static final String USABLE = "FAPI2-SP 5.4.1-1.2";
  private static final String HAS_KEYS = "FAPI2-SP 5.3.2.1-6";
  private static final String KEPT = "FAPI2-SP 5.4.2-p1";

  private final KeySetFetch fetch;

  ClientKeySet(KeySetFetch fetch) {
    this.fetch = fetch;
  }

  @Override
  public String id() {
    return "fapi-client-keys";
  }

  @Override
  public String help() {
    return "A client that authenticates by keys has a key that may sign, and no certificate near"
        + " its end.";
  }

  @Override
  public void check(ClientUnderAudit client) {
    if (!JWTClientAuthenticator.PROVIDER_ID.equals(
        client.representation().getClientAuthenticatorType())) {
      checkOthers(client);
      return;
    }
    String uri = client.attribute(OIDCConfigAttributes.JWKS_URL);
    String inline = client.attribute(OIDCConfigAttributes.JWKS_STRING);
    String certificate = client.attribute(JWTClientAuthenticator.CERTIFICATE_ATTR);
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_URL)) {
      checkUri(client, uri);
    } else if (client.isOn(OIDCConfigAttributes.USE_JWKS_STRING)) {
      String field = OIDCConfigAttributes.JWKS_STRING;
      if (inline == null) {
        error(client, HAS_KEYS, field, "the client is to have its keys in jwks, which is empty");
      } else {
        JwkDates.keys(inline).ifPresent(keys -> checkKeys(client, field, keys));
      }
    } else if (certificate != null) {
      checkEnd(client, JWTClientAuthenticator.CERTIFICATE_ATTR, certificate);
    } else if (client.attribute(JWTClientAuthenticator.ATTR_PREFIX + ".public.key") == null) {
      error(
          client,
          HAS_KEYS,
          OIDCConfigAttributes.JWKS_STRING,
          uri == null && inline == null
              ? "the client authenticates by keys and has none"
              : "the client has a key set that it does not use; switch use.jwks.url or"
                  + " use.jwks.string on");
    }
  }

  /**
   * The client authenticates otherwise: its keys are for encryption, or contain its certificate.
   */
  private void checkOthers(ClientUnderAudit client) {
    String inline = client.attribute(OIDCConfigAttributes.JWKS_STRING);
    if (client.isOn(OIDCConfigAttributes.USE_JWKS_URL)) {
      fetched(client)
          .ifPresent(
              keys -> {
                checkFit(client, keys);
                checkEnds(client, OIDCConfigAttributes.JWKS_URL, keys);
              });
    } else if (client.isOn(OIDCConfigAttributes.USE_JWKS_STRING) && inline != null) {
      JwkDates.keys(inline)
          .ifPresent(keys -> checkEnds(client, OIDCConfigAttributes.JWKS_STRING, keys));
    }
  }

  private void checkUri(ClientUnderAudit client, String uri) {
    String field = OIDCConfigAttributes.JWKS_URL;
    if (uri == null) {
      error(client, HAS_KEYS, field, "the client is to have its keys at jwks_uri, which is empty");
      return;
    }
    KeySetFetch.Answer answer = fetch.of(client.session(), uri);
    if (answer.fault() != null) {
      report(client, answer.severity(), KEPT, field, answer.fault(), answer.remedy());
    } else if (answer.body() != null) {
      Optional<List<JsonNode>> keys = JwkDates.keys(answer.body());
      if (keys.isEmpty()) {
        error(client, KEPT, field, "the content of jwks_uri is not a JSON Web Key Set");
      } else {
        checkKeys(client, field, keys.get());
        checkFit(client, keys.get());
      }
    }
  }

  /** The keys at jwks_uri, if the audit fetches them and they can be read. */
  private Optional<List<JsonNode>> fetched(ClientUnderAudit client) {
    String uri = client.attribute(OIDCConfigAttributes.JWKS_URL);
    String body = uri == null ? null : fetch.of(client.session(), uri).body();
    return body == null ? Optional.empty() : JwkDates.keys(body);
  }

  /** A rule sees only keys in the client's own data. */
  private void checkFit(ClientUnderAudit client, List<JsonNode> keys) {
    RequireFittingKeys.fault(
            new ProposedClient(client.representation(), client.stored(), true),
            new RegisteredKeySet(keys, true))
        .ifPresent(
            refusal ->
                client.report(
                    new Finding(
                        Severity.ERROR,
                        id(),
                        USABLE,
                        client.where().at(refusal.pointer()),
                        refusal.getErrorDetail(),
                        "add a key to those at jwks_uri, or change the registration",
                        List.of())));
  }

  private void checkKeys(ClientUnderAudit client, String field, List<JsonNode> keys) {
    if (keys.stream().anyMatch(key -> key.has("d") || key.has("k"))) {
      error(client, USABLE, field, "the key set holds a private or a secret key; make new keys");
    }
    List<String> allowed = client.profile().algorithms(RestrictClientAssertionAlgorithm.class);
    if (keys.stream().noneMatch(key -> maySign(key, allowed))) {
      error(
          client,
          USABLE,
          field,
          "no key of the key set may sign; add one for " + String.join(" or ", allowed));
    }
    for (int i = 0; i < keys.size(); i++) {
      KeyFault.of(keys.get(i), "keys[" + i + "]")
          .ifPresent(
              fault ->
                  report(
                      client,
                      Severity.WARNING,
                      KEPT,
                      field,
                      "a key of the key set is not used: " + fault,
                      "remove or correct it"));
    }
    checkEnds(client, field, keys);
  }

  private void checkEnds(ClientUnderAudit client, String field, List<JsonNode> keys) {
    for (JsonNode key : keys) {
      JwkDates.certificateText(key).ifPresent(text -> checkEnd(client, field, text));
      JwkDates.exp(key)
          .flatMap(Expiry::of)
          .ifPresent(
              expiry ->
                  report(
                      client,
                      Severity.WARNING, // no rule refuses it for that
                      KEPT,
                      field,
                      "a key of the client " + expiry.words() + ", as it says itself",
                      "register a new one"));
    }
  }

  private static boolean maySign(JsonNode key, List<String> allowed) {
    String algorithm = JwsAlgorithm.allowedFor(key).map(JwsAlgorithm::name).orElse("");
    return !KeyStrength.isWeak(key)
        && allowed.contains(algorithm)
        && ReadableKeys.isKey(key)
        && !"enc".equals(key.path("use").asText())
        && (!key.has("alg") || Algorithms.areSame(algorithm, key.path("alg").asText()));
  }

  private void checkEnd(ClientUnderAudit client, String field, String pem) {
    try {
      X509Certificate certificate = PemUtils.decodeCertificate(pem);
      Expiry.of(certificate)
          .ifPresent(
              expiry ->
                  report(
                      client,
                      expiry.severity(),
                      KEPT,
                      field,
                      "a certificate of the client " + expiry.words(),
                      "register a new one"));
    } catch (RuntimeException e) {
      error(client, KEPT, field, "a certificate of the client cannot be read");
    }
  }

  private void error(ClientUnderAudit client, String clause, String attribute, String problem) {
    report(
        client,
        Severity.ERROR,
        clause,
        attribute,
        problem,
        "register jwks or jwks_uri with a key that may sign; until then the client is refused");
  }

  private void report(
      ClientUnderAudit client,
      Severity severity,
      String clause,
      String attribute,
      String problem,
      String remedy) {
    Where where = client.where().at("/attributes" + Where.step(attribute));
    client.report(new Finding(severity, id(), clause, where, problem, remedy, List.of()));
  }
}
