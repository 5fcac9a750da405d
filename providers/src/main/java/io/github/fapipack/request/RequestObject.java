package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.util.Base64Url;
import org.keycloak.jose.jwe.JWE;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * A request object: pushed or sent to the authorization endpoint (RFC 9101), or part of a
 * backchannel authentication request (CIBA 7.1.1); decrypted if it was encrypted. Keycloak verifies
 * its signature, before or after the rules are asked, but accepts {@code none} as a signature
 * algorithm, duplicate members and wrong types; so this class keeps what was sent, parsed once for
 * all rules.
 *
 * @param jws the signed object
 * @param header its JOSE header
 * @param claims its claims
 * @param error the error code of a refusal at the endpoint where it was sent
 */
public record RequestObject(JWSInput jws, JsonNode header, JsonNode claims, String error) {

  private static final String INVALID = "invalid_request_object";

  private static final RequestKey<RequestObject> READ = new RequestKey<>();

  /** The request object of the current request whose parameters were checked already. */
  private static final RequestKey<RequestObject> SOUND = new RequestKey<>();

  /**
   * The request object of a pushed request, of an authorization request by value, or of a
   * backchannel authentication request; empty if there is none.
   *
   * @throws Refusal if it is not a JWS with a header and claims, or if one of its parameters is
   *     malformed
   */
  public static Optional<RequestObject> in(Occasion occasion) throws Refusal {
    Optional<RequestObject> object = sent(occasion);
    if (object.isPresent() && !SOUND.holds(occasion.session(), object.get())) {
      requireSound(occasion, object.get());
      SOUND.set(occasion.session(), object.get());
    }
    return object;
  }

  /** Independent of the realm's rules, because a stored profile may be older than these checks. */
  private static void requireSound(Occasion occasion, RequestObject object) throws Refusal {
    Optional<String> fault = RequestParameters.fault(object.claims());
    if (fault.isPresent()) {
      throw object.refusal(fault.get());
    }
    if (!RealmRules.of(occasion.session())
        .haveOneOf(occasion.session(), RequestObjectAudience.Judge.class)) {
      RequestObjectAudience.requireNoOthers(occasion, object);
    }
  }

  private static Optional<RequestObject> sent(Occasion occasion) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      return read(occasion.session(), pushed.getRequestParameters(), INVALID);
    }
    if (occasion.context() instanceof AuthorizationRequestContext request) {
      return read(occasion.session(), request.getRequestParameters(), INVALID);
    }
    if (occasion.context() instanceof BackchannelRequestEvent backchannel) {
      // CIBA Core 13 defines no error code for request objects.
      return read(occasion.session(), backchannel.form(), OAuthErrorException.INVALID_REQUEST);
    }
    return Optional.empty();
  }

  /**
   * The request object among the parameters of an authorization request; empty if there is none.
   *
   * @throws Refusal if it is not a JWS with a header and claims
   */
  public static Optional<RequestObject> among(
      KeycloakSession session, MultivaluedMap<String, String> parameters) throws Refusal {
    return read(session, parameters, INVALID);
  }

  private static Optional<RequestObject> read(
      KeycloakSession session, MultivaluedMap<String, String> parameters, String error)
      throws Refusal {
    String text = parameters.getFirst(OIDCLoginProtocol.REQUEST_PARAM);
    if (text == null) {
      return Optional.empty();
    }
    RequestObject known = READ.in(session).orElse(null);
    if (known == null) {
      known = of(decrypted(session, text), error);
      READ.set(session, known);
    }
    return Optional.of(known);
  }

  /** Parses a signed request object; does not verify the signature. */
  public static RequestObject of(String text, String error) throws Refusal {
    try {
      JWSInput jws = new JWSInput(text);
      return new RequestObject(
          jws,
          object(Base64Url.decode(jws.getEncodedHeader()), "header", error),
          ReadRequestObject.withoutEmpty(object(jws.getContent(), "payload", error)),
          error);
    } catch (JWSInputException e) {
      // This also refuses an encrypted object that contains unsigned claims, which Keycloak would
      // accept.
      throw refusal(
          error,
          INVALID.equals(error)
              ? "it must be signed by the client, before any encryption"
              : "it must be signed by the client, and not be encrypted");
    }
  }

  /** The key management algorithm of the request object; empty if it was not encrypted. */
  public static Optional<String> encryption(KeycloakSession session) {
    return Optional.ofNullable(encrypted(session)).map(jwe -> jwe.getHeader().getRawAlgorithm());
  }

  private static JWE encrypted(KeycloakSession session) {
    return session.getAttribute(
        AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT_ENCRYPTED, JWE.class);
  }

  /** Keycloak keeps the decrypted object in the session. */
  private static String decrypted(KeycloakSession session, String text) {
    JWE encrypted = encrypted(session);
    return encrypted == null ? text : new String(encrypted.getContent(), StandardCharsets.UTF_8);
  }

  private static ObjectNode object(byte[] json, String part, String error) throws Refusal {
    return StrictJson.object(json)
        .orElseThrow(
            () ->
                refusal(
                    error,
                    "its " + part + " must be one JSON object that has no member more than once"));
  }

  /** The name of the signature algorithm; empty if the header has none. */
  public String algorithm() {
    return header.path("alg").asText("");
  }

  /** Whether a claim is exactly this string. */
  public boolean says(String claim, String value) {
    JsonNode said = claims.path(claim);
    return said.isTextual() && said.textValue().equals(value);
  }

  /**
   * A claim that is a time, in seconds since 1970.
   *
   * @throws Refusal if it is present but not a NumericDate (RFC 7519 2)
   */
  public OptionalLong time(String claim) throws Refusal {
    JsonNode value = claims.get(claim);
    if (value == null) {
      return OptionalLong.empty();
    }
    OptionalLong time = NumericDate.of(value);
    if (time.isEmpty()) {
      throw refusal(claim + " " + NumericDate.WANTED);
    }
    return time;
  }

  /** HTTP 400 with the error code of the endpoint where the object was sent. */
  public Refusal refusal(String what) {
    return refusal(error, what);
  }

  private static Refusal refusal(String error, String what) {
    return new Refusal(error, "the request object is refused: " + what);
  }
}
