package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.AuthorizationDetails;
import io.github.fapipack.grantmanagement.Grant;
import io.github.fapipack.grantmanagement.GrantClaims;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.JsonSerialization;

/**
 * The authorization details of the tokens of the current request (RFC 9396 7 and 9). Keycloak's own
 * support for authorization_details keeps one set per client session, and refuses types without a
 * Keycloak provider; so tokens and responses get theirs from here.
 *
 * @param assigned the objects for the access token
 * @param approved the objects for a refresh token; later requests may narrow them again
 * @param expiresAt when the approval ends, in seconds since the epoch, or null for never
 * @param grant the grant, or null if neither the client uses Grant Management nor the bank holds a
 *     consent
 */
public record TokenDetails(
    List<ObjectNode> assigned, List<ObjectNode> approved, Long expiresAt, Grant grant) {

  /** A claim in refresh tokens without a grant. */
  private static final String APPROVED = "fapi_authorization_details";

  private static final String EXPIRES = "fapi_expires_at";
  private static final RequestKey<TokenDetails> KEPT = new RequestKey<>();

  /** Keeps them for the tokens that are created next. */
  public void keep(KeycloakSession session) {
    KEPT.set(session, this);
  }

  /** Those of the tokens that are being created. */
  public static Optional<TokenDetails> of(KeycloakSession session) {
    return KEPT.in(session);
  }

  /** The scopes of the grant that carry its consent; Keycloak does not know them. */
  public Set<String> carriers() {
    if (grant == null || grant.consentId() == null) {
      return Set.of();
    }
    String end = ":" + grant.consentId();
    return grant.scopes().stream()
        .filter(scope -> scope.endsWith(end))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String withCarriers(String scope) {
    Set<String> all = new LinkedHashSet<>();
    if (scope != null && !scope.isBlank()) {
      all.addAll(List.of(scope.split(" ")));
    }
    all.addAll(carriers());
    return all.isEmpty() ? scope : String.join(" ", all);
  }

  /** Writes them into the tokens before these are signed. */
  void writeTo(AccessToken accessToken, RefreshToken refreshToken) {
    if (accessToken != null) {
      if (!assigned.isEmpty()) {
        accessToken.setAuthorizationDetails(representations(assigned));
      }
      limit(accessToken);
      writeGrant(accessToken);
      if (grant != null && grant.consentId() != null) {
        accessToken.setOtherClaims(GrantClaims.CONSENT_ID, grant.consentId());
        accessToken.setScope(withCarriers(accessToken.getScope()));
      }
    }
    if (refreshToken != null) {
      if (grant == null && !approved.isEmpty()) {
        refreshToken.setOtherClaims(APPROVED, approved);
      }
      if (grant == null && expiresAt != null) {
        refreshToken.setOtherClaims(EXPIRES, expiresAt);
      }
      limit(refreshToken);
      writeGrant(refreshToken);
    }
  }

  /** Writes them into a token response that Keycloak has made. */
  public void writeTo(Response made) {
    if (made.getEntity() instanceof AccessTokenResponse response) {
      if (!assigned.isEmpty()) {
        response.setAuthorizationDetails(representations(assigned));
      }
      if (!carriers().isEmpty()) {
        response.setScope(withCarriers(response.getScope()));
      }
      if (grant != null && grant.managed()) {
        response.setOtherClaims(GrantClaims.GRANT_ID, grant.id());
      }
    }
  }

  /** Tokens must not be valid longer than the user has approved. */
  private void limit(JsonWebToken token) {
    if (expiresAt != null && (token.getExp() == null || token.getExp() > expiresAt)) {
      token.exp(expiresAt);
    }
  }

  private void writeGrant(JsonWebToken token) {
    if (grant != null) {
      GrantClaims.write(grant, token);
    }
  }

  /** When the approval of a refresh token without a grant ends, or null for never. */
  public static Long expiresAt(RefreshToken token) {
    return token.getOtherClaims().get(EXPIRES) instanceof Number number ? number.longValue() : null;
  }

  /** The approved objects of a refresh token without a grant. */
  public static List<ObjectNode> approved(RefreshToken token) {
    JsonNode approved = JsonSerialization.mapper.valueToTree(token.getOtherClaims().get(APPROVED));
    return approved == null || approved.isNull() ? List.of() : AuthorizationDetails.of(approved);
  }

  /** Copies the details of an access token into an introspection response about it. */
  public static void copy(AccessToken token, AccessToken answer) {
    answer.setAuthorizationDetails(token.getAuthorizationDetails());
    if (token.getAcr() != null && answer.getAcr() != null) {
      answer.setAcr(token.getAcr());
    }
    GrantClaims.copy(token, answer);
    if (GrantClaims.grantId(token).isPresent()
        && token.getOtherClaims().get(GrantClaims.CONSENT_ID) instanceof String consent) {
      answer.setOtherClaims(GrantClaims.CONSENT_ID, consent);
    }
  }

  private static List<AuthorizationDetailsJSONRepresentation> representations(
      List<ObjectNode> details) {
    List<AuthorizationDetailsJSONRepresentation> representations = new ArrayList<>();
    for (ObjectNode detail : details) {
      representations.add(
          JsonSerialization.mapper.convertValue(
              detail, AuthorizationDetailsJSONRepresentation.class));
    }
    return representations;
  }
}
