package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.RequestKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * A verified request object, changed so that Keycloak reads its parameters correctly. Keycloak
 * keeps the claims in the session, and looks up the maximum length of a parameter before it reads
 * one; the claims are changed at that moment.
 */
public final class ReadRequestObject {

  private static final RequestKey<JsonNode> DONE = new RequestKey<>();

  /** Claims about the JWT itself (RFC 7519 4.1) are not parameters. */
  private static final Set<String> CLAIMS = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

  private ReadRequestObject() {}

  /** Changes the claims, if there are any; does nothing when called again. */
  public static void prepare() {
    KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
    if (session == null) {
      return;
    }
    JsonNode claims =
        session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
    if (claims instanceof ObjectNode members
        && !DONE.holds(session, members)
        && !RealmRules.of(session).isEmpty()) {
      DONE.set(session, members);
      withoutEmpty(members);
      // Keycloak accepts only one resource, as text; the pack reads resources from the original
      // object.
      members.remove(ResourceIndicators.PARAMETER);
      takeConsentOut(session, members);
      JsonNode asked = members.get(OIDCLoginProtocol.CLAIMS_PARAM);
      ClientModel client = session.getContext().getClient();
      if (asked instanceof ObjectNode object) {
        members.set(OIDCLoginProtocol.CLAIMS_PARAM, ReadClaims.of(object, client));
      } else if (asked != null && asked.isTextual()) {
        members.put(OIDCLoginProtocol.CLAIMS_PARAM, ReadClaims.of(asked.textValue(), client));
      }
    }
  }

  /** A scope that carries a consent of the bank is no client scope. */
  private static void takeConsentOut(KeycloakSession session, ObjectNode members) {
    JsonNode scope = members.path(OIDCLoginProtocol.SCOPE_PARAM);
    if (scope.isTextual()) {
      EcosystemProfiles.of(session)
          .inUse()
          .map(EcosystemProfile::consent)
          .ifPresent(
              rules -> {
                members.put(
                    OIDCLoginProtocol.SCOPE_PARAM, rules.withoutCarriers(scope.textValue()));
                withoutEmpty(members);
              });
    }
  }

  /**
   * Removes members that are empty strings. In RFC 9101 4 the members are OAuth parameters, and
   * parameters without a value count as not sent (RFC 6749 3.1).
   */
  static ObjectNode withoutEmpty(ObjectNode members) {
    List<String> empty =
        members.properties().stream()
            .filter(member -> !CLAIMS.contains(member.getKey()))
            .filter(member -> member.getValue().isTextual())
            .filter(member -> member.getValue().textValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    members.remove(empty);
    return members;
  }
}
