package io.github.fapipack.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grantmanagement.ActiveGrant;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.participants.RequireActiveParticipant;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.keycloak.authorization.protection.introspect.RPTIntrospectionProvider;
import org.keycloak.authorization.protection.introspect.RPTIntrospectionProviderFactory;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.services.util.UserSessionUtil;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's introspection of UMA tokens, which accepts any access token, extended: a token is
 * inactive if its grant has ended, and the response contains the token's binding (RFC 8705 3.2, RFC
 * 9449 6.2).
 */
@Clause({"GM 6.5-5", "RFC9701 5-8"})
public final class PermissionTokenIntrospection extends RPTIntrospectionProviderFactory {

  static final String TYPE = "requesting_party_token";

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new Introspection(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  private static final class Introspection extends RPTIntrospectionProvider {

    Introspection(KeycloakSession session) {
      super(session);
    }

    @Override
    public Response introspect(String token, EventBuilder event) {
      Response answer = super.introspect(token, event);
      if (transformedToken == null || this.token.getConfirmation() == null) {
        return answer;
      }
      try {
        JsonNode told = JsonSerialization.mapper.readTree((byte[]) answer.getEntity());
        if (told.path("active").asBoolean()) {
          ((ObjectNode) told)
              .set("cnf", JsonSerialization.mapper.valueToTree(this.token.getConfirmation()));
        }
        return Response.fromResponse(answer)
            .entity(JsonSerialization.writeValueAsBytes(told))
            .build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    protected boolean introspectionChecks(String encoded) {
      return super.introspectionChecks(encoded)
          && token.getType() != null // an ID token of the pack has none
          && RequireActiveParticipant.admits(session, realm, client, eventBuilder)
          && ActiveGrant.backs(session, realm, token, eventBuilder);
    }

    /** A token of a grant may have no session. */
    @Override
    protected UserSessionUtil.UserSessionValidationResult verifyUserSession() {
      return ActiveGrant.userSession(session, client, token).orElseGet(super::verifyUserSession);
    }
  }
}
