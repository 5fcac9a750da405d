package io.github.fapipack.protocol;

import io.github.fapipack.identity.UserinfoClaims;
import io.github.fapipack.rule.BrokenJws;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.UserInfoEndpoint;

/**
 * Keycloak's userinfo, which fails on a malformed token in the form, and does not give single
 * claims; this one does not fail, and does.
 */
final class ReadableUserinfo extends UserInfoEndpoint {

  private final KeycloakSession session;

  ReadableUserinfo(KeycloakSession session) {
    super(session, new UserinfoClaims());
    this.session = session;
  }

  @Override
  public Response issueUserInfoPost() {
    MultivaluedMap<String, String> form =
        session.getContext().getHttpRequest().getDecodedFormParameters();
    String token = form == null ? null : form.getFirst(OAuth2Constants.ACCESS_TOKEN);
    if (token != null && BrokenJws.is(token)) {
      form.putSingle(OAuth2Constants.ACCESS_TOKEN, BrokenJws.REPLACEMENT);
    }
    return super.issueUserInfoPost();
  }
}
