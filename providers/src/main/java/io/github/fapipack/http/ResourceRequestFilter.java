package io.github.fapipack.http;

import io.github.fapipack.grants.LivingGrant;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.security.ResourceRequestEvent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.keycloak.common.util.Encode;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.cors.Cors;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Asks the rules whenever somebody presents an access token to Keycloak. The filter runs after the
 * resource was found and before it acts; account and admin interface have verified the token by
 * then, userinfo has not.
 */
@Provider
public class ResourceRequestFilter implements ContainerRequestFilter {

  private static final Set<String> SCHEMES = Set.of("bearer", "dpop");

  /** Access tokens of another kind, which only client registration knows. */
  private static final Set<String> REGISTRATION_TOKENS =
      Set.of("InitialAccessToken", "RegistrationAccessToken");

  private record Presented(String scheme, String token) {}

  @Override
  public void filter(ContainerRequestContext request) {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    Place place = Place.of(request);
    if (session == null || place == Place.MACHINE || place == Place.ELSEWHERE) {
      return;
    }
    Presented presented = presented(request);
    AccessToken claims = presented == null ? null : claims(presented.token());
    if (claims == null
        || claims.getIssuer() == null
        || claims.getIssuedFor() == null
        || hasZero(claims.getIssuedFor())) {
      return; // whatever it is, Keycloak does not take it
    }
    if (claims.getConfirmation() != null && claims.getConfirmation().getKeyThumbprint() != null) {
      Challenge.noteDpop(request);
    }
    RealmModel issuer = issuer(session, claims.getIssuer());
    if (issuer != null && !RealmRules.of(session, issuer).isEmpty()) {
      ask(request, session, place, issuer, presented, claims);
    }
  }

  private static void ask(
      ContainerRequestContext request,
      KeycloakSession session,
      Place place,
      RealmModel issuer,
      Presented presented,
      AccessToken claims) {
    ClientModel client = issuer.getClientByClientId(claims.getIssuedFor());
    if (client == null) {
      return;
    }
    KeycloakContext context = session.getContext();
    RealmModel realm = context.getRealm();
    // The admin interface of one realm takes tokens of another; the issuer's rules are meant.
    context.setRealm(issuer);
    try {
      if (!LivingGrant.backs(session, issuer, claims)) {
        throw new Refusal(
            "invalid_token",
            "the grant behind the access token has ended; ask the user again",
            Status.UNAUTHORIZED);
      }
      RealmRules.trigger(
          session,
          new ResourceRequestEvent(
              client, presented.scheme(), presented.token(), claims, () -> content(request)));
    } catch (ClientPolicyException e) {
      if (place == Place.USERINFO) {
        Cors.builder().auth().allowAllOrigins().add();
      }
      request.abortWith(
          Response.status(e.getErrorStatus())
              .header(
                  HttpHeaders.WWW_AUTHENTICATE,
                  Challenge.of(request, issuer, e.getError(), e.getErrorDetail()))
              .type(MediaType.APPLICATION_JSON_TYPE)
              .entity(new OAuth2ErrorRepresentation(e.getError(), e.getErrorDetail()))
              .build());
    } finally {
      context.setRealm(realm);
    }
  }

  /** Reads the content and puts it back for the resource; Keycloak limits how much it may be. */
  private static byte[] content(ContainerRequestContext request) {
    try {
      byte[] content = request.getEntityStream().readAllBytes();
      request.setEntityStream(new ByteArrayInputStream(content));
      return content;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Presented presented(ContainerRequestContext request) {
    List<String> values = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (values != null && !values.isEmpty()) {
      // Keycloak reads the first of several headers at some resources, and refuses at others.
      String[] parts = values.get(0).split(" ", 2);
      if (parts.length == 2 && SCHEMES.contains(parts[0].toLowerCase(Locale.ROOT))) {
        return new Presented(parts[0], parts[1]);
      }
    }
    String query = request.getUriInfo().getQueryParameters().getFirst("access_token");
    return query == null ? null : new Presented(ResourceRequestEvent.QUERY, query);
  }

  private static AccessToken claims(String token) {
    try {
      AccessToken claims = new JWSInput(token).readJsonContent(AccessToken.class);
      String type = claims.getType();
      return type != null && REGISTRATION_TOKENS.contains(type) ? null : claims;
    } catch (JWSInputException | RuntimeException e) {
      return null;
    }
  }

  /**
   * The realm at whose issuer the token points; nothing is believed yet, and Keycloak compares the
   * whole issuer.
   */
  private static RealmModel issuer(KeycloakSession session, String issuer) {
    String name;
    try {
      name = Encode.decodePath(issuer.substring(issuer.lastIndexOf('/') + 1));
    } catch (RuntimeException e) {
      return null; // bytes that are no text are no realm's name
    }
    return hasZero(name) ? null : session.realms().getRealmByName(name);
  }

  /** A character that databases do not take: they would fail, and we with them. */
  private static boolean hasZero(String name) {
    return name.indexOf('\0') >= 0;
  }
}
