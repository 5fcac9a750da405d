package io.github.fapipack.occasion;

import io.github.fapipack.rule.PackEvent;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;

/**
 * An access token of this realm is presented at a resource: userinfo, the account and admin
 * interfaces, and resources of the pack or other extensions.
 *
 * @param client the client that the token says it was issued to
 * @param scheme the scheme of the {@code Authorization} header, or {@link #QUERY} or {@link #FORM}
 *     when the token is a parameter
 * @param token the encoded token
 * @param claims its claims; the signature is verified
 * @param content the unchanged content of the request, read on first use
 */
public record ResourceRequestEvent(
    ClientModel client, String scheme, String token, AccessToken claims, Supplier<byte[]> content)
    implements PackEvent {

  /** Value of {@code scheme} for a token in the query. */
  public static final String QUERY = "query";

  /** Value of {@code scheme} for a token in the form. */
  public static final String FORM = "form";

  @Override
  public ClientModel getClient() {
    return client;
  }

  /** A token of a console may be older than the console's present, correct settings. */
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
