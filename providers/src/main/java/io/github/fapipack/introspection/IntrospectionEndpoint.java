package io.github.fapipack.introspection;

import io.github.fapipack.rar.ConsentUse;
import io.github.fapipack.refreshtoken.RefreshTokenAnswer;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;
import org.keycloak.protocol.oidc.endpoints.TokenIntrospectionEndpoint;
import org.keycloak.representations.JsonWebToken;

/**
 * Keycloak's introspection endpoint, extended: {@code token_type_hint} is treated as a hint (RFC
 * 7662 2.1), so an unknown one is ignored, and providers of other extensions are not asked about
 * tokens of this server. The response is signed if that is requested or required.
 */
@Clause({"RFC9701 4-1", "FAPI2-MS 5.5.1-1"})
public final class IntrospectionEndpoint extends TokenIntrospectionEndpoint {

  private static final String HINT = "token_type_hint";

  /** The pack's own providers, which check the owner of a token and its grant. */
  private static final Set<String> OWN_HINTS =
      Set.of(
          AccessTokenIntrospectionProviderFactory.ACCESS_TOKEN_TYPE,
          OAuth2Constants.REFRESH_TOKEN,
          PermissionTokenIntrospection.TYPE);

  private final KeycloakSession session;

  private IntrospectionEndpoint(KeycloakSession session, EventBuilder event) {
    super(session, event);
    this.session = session;
  }

  @Override
  public Response introspect() {
    followHint(session.getContext().getHttpRequest().getDecodedFormParameters());
    Response told = super.introspect();
    return ConsentUse.unavailable(session).orElseGet(() -> IntrospectionResponse.of(session, told));
  }

  private void followHint(MultivaluedMap<String, String> form) {
    List<String> hints = form.get(HINT);
    // Keycloak refuses several hints.
    if (hints != null
        && hints.size() == 1
        && !OWN_HINTS.contains(hints.get(0))
        && (!isKnown(hints.get(0)) || isOurs(form.getFirst("token")))) {
      form.remove(HINT);
    }
  }

  private boolean isKnown(String hint) {
    return session
            .getKeycloakSessionFactory()
            .getProviderFactory(TokenIntrospectionProvider.class, hint)
        != null;
  }

  private boolean isOurs(String token) {
    return !RealmRules.of(session).isEmpty()
        && session.tokens().decode(token, JsonWebToken.class) != null;
  }

  /** Keycloak's token endpoint, with this endpoint below it. */
  public static final class Parent extends TokenEndpoint {

    private final KeycloakSession session;
    private final EventBuilder event;

    public Parent(KeycloakSession session, EventBuilder event) {
      super(session, new TokenManager(), event);
      this.session = session;
      this.event = event;
    }

    @Override
    public Response processGrantRequest() {
      return RefreshTokenAnswer.complete(session, super.processGrantRequest());
    }

    @Override
    public Object introspect() {
      return new IntrospectionEndpoint(session, event);
    }
  }
}
