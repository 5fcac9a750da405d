package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/**
 * Somebody presents an access token of this realm at a resource: userinfo, the account and admin
 * interfaces, whatever else the pack or another extension adds.
 *
 * @param client the client that the token says it was issued to
 * @param scheme the scheme of the {@code Authorization} header, or {@link #QUERY} or {@link #FORM}
 *     when the token is a parameter
 * @param token the encoded token
 * @param claims its claims; the signature is verified
 * @param content the content of the request as it came, read when first asked for
 */
public record ResourceRequestEvent(
    ClientModel client, String scheme, String token, AccessToken claims, Supplier<byte[]> content)
    implements PackEvent {

  /** In place of a scheme: the token is in the query. */
  public static final String QUERY = "query";

  /** In place of a scheme: the token is in the form. */
  public static final String FORM = "form";

  @Override
  public ClientModel getClient() {
    return client;
  }

  /** A token of a console may have outlived its session; the console itself is as it should be. */
  @Override
  public boolean concernsSettings() {
    return false;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    AccessToken verified = session.tokens().decode(token, AccessToken.class);
    return verified != null && verified.isActive();
  }
}
