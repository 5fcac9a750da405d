package io.github.fapipack.client;

import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.x509.X509ClientCertificateLookup;
import org.keycloak.util.BasicAuthHelper;

/**
 * The client credentials of a request; malformed parts count as not sent.
 *
 * @param form the decoded form; empty if the body is not a form
 * @param assertion the client assertion
 * @param namesImpossibleClient whether the request names a client_id that Keycloak could not have
 *     registered
 */
public record Credentials(
    HttpRequest request,
    MultivaluedMap<String, String> form,
    Optional<JWSInput> assertion,
    boolean namesImpossibleClient) {

  private static final Logger LOGGER = Logger.getLogger(Credentials.class);
  private static final RequestKey<Credentials> READ = new RequestKey<>();

  /**
   * The credentials of the current request; parsed once, because every authenticator needs them.
   */
  public static Credentials of(KeycloakSession session) {
    HttpRequest request = session.getContext().getHttpRequest();
    Credentials read = READ.in(session).orElse(null);
    if (read == null || read.request != request) {
      read = read(session, request);
      READ.set(session, read);
    }
    return read;
  }

  private static Credentials read(KeycloakSession session, HttpRequest request) {
    MultivaluedMap<String, String> form = form(request);
    Optional<JWSInput> assertion = assertion(form.getFirst(OAuth2Constants.CLIENT_ASSERTION));
    boolean namesImpossibleClient =
        Stream.of(
                Optional.ofNullable(form.getFirst(OAuth2Constants.CLIENT_ID)),
                Optional.ofNullable(
                    session
                        .getContext()
                        .getUri()
                        .getQueryParameters()
                        .getFirst(OAuth2Constants.CLIENT_ID)),
                basicUser(request),
                assertion.flatMap(Credentials::subject))
            .flatMap(Optional::stream)
            .anyMatch(name -> name.chars().anyMatch(Character::isISOControl));
    return new Credentials(request, form, assertion, namesImpossibleClient);
  }

  /** The client_id in the request's parameter, or in its header with a secret. */
  Optional<String> clientId() {
    return Optional.ofNullable(form.getFirst(OAuth2Constants.CLIENT_ID))
        .or(() -> basicUser(request))
        .filter(name -> !namesImpossibleClient);
  }

  /** The client_id in any part of the request, even if no client can have it. */
  Optional<String> named() {
    return Optional.ofNullable(form.getFirst(OAuth2Constants.CLIENT_ID))
        .or(() -> basicUser(request))
        .or(() -> assertion.flatMap(Credentials::subject));
  }

  private static Optional<String> basicUser(HttpRequest request) {
    String header = request.getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(BasicAuthHelper.RFC6749.parseHeader(header)).map(pair -> pair[0]);
    } catch (RuntimeException e) {
      return Optional.of("\0"); // not decodable, so not a client_id
    }
  }

  private static Optional<String> subject(JWSInput assertion) {
    try {
      return Optional.ofNullable(assertion.readJsonContent(JsonWebToken.class))
          .map(JsonWebToken::getSubject);
    } catch (JWSInputException e) {
      return Optional.empty();
    }
  }

  private static MultivaluedMap<String, String> form(HttpRequest request) {
    MediaType type = request.getHttpHeaders().getMediaType();
    if (type == null || !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
      return new MultivaluedHashMap<>();
    }
    MultivaluedMap<String, String> form = request.getDecodedFormParameters();
    return form == null ? new MultivaluedHashMap<>() : form;
  }

  private static Optional<JWSInput> assertion(String encoded) {
    if (encoded == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new JWSInput(encoded));
    } catch (JWSInputException e) {
      return Optional.empty();
    }
  }

  /** The client certificate, then its chain; empty without mutual TLS. */
  public static List<X509Certificate> certificates(KeycloakSession session) {
    HttpRequest request = session.getContext().getHttpRequest();
    X509ClientCertificateLookup lookup = session.getProvider(X509ClientCertificateLookup.class);
    try {
      X509Certificate[] chain = lookup == null ? null : lookup.getCertificateChain(request);
      return chain == null ? List.of() : List.of(chain);
    } catch (GeneralSecurityException e) {
      LOGGER.debugf(e, "The client certificate cannot be read");
      return List.of();
    }
  }
}
