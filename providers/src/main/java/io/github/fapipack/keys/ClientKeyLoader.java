package io.github.fapipack.keys;

import java.io.IOException;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.loader.ClientPublicKeyLoader;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.services.util.ResolveRelative;

/** Loads a client's keys as Keycloak does, but parses a key set with {@link ReadableKeys}. */
public final class ClientKeyLoader implements PublicKeyLoader {

  private final KeycloakSession session;
  private final ClientModel client;
  private final JWK.Use use;

  public ClientKeyLoader(KeycloakSession session, ClientModel client, JWK.Use use) {
    this.session = session;
    this.client = client;
    this.use = use;
  }

  @Override
  public PublicKeysWrapper loadKeys() throws Exception {
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(client);
    if (config.isUseJwksUrl()) {
      return new PublicKeysWrapper(ReadableKeys.of(fetched(config.getJwksUrl()), use));
    }
    return config.isUseJwksString()
        ? new PublicKeysWrapper(ReadableKeys.of(config.getJwksString(), use))
        : new ClientPublicKeyLoader(session, client, use).loadKeys();
  }

  private String fetched(String uri) throws IOException {
    return session
        .getProvider(HttpClientProvider.class)
        .getString(ResolveRelative.resolveRelativeUri(session, client.getRootUrl(), uri));
  }
}
