package io.github.fapipack.keycloak;

import java.util.Optional;
import org.keycloak.jose.jwk.JWK;

/**
 * A place in Keycloak's cache of public keys that has the keys of a client, as {@code
 * PublicKeyStorageUtils} names it. Keycloak hands over no more than the name.
 *
 * @param clientId Keycloak's own id of the client
 * @param use what the keys are for
 */
public record ClientKeyPlace(String clientId, JWK.Use use) {

  private static final String CLIENT = "::client::";
  private static final String USE = "::keyuse::";

  /** Whether it is a place of a client at all, and not of an identity provider. */
  public static boolean isOne(String place) {
    return place.contains(CLIENT);
  }

  /** Whose keys there are, and for what; empty for what is named in another way. */
  public static Optional<ClientKeyPlace> of(String place) {
    for (JWK.Use use : new JWK.Use[] {JWK.Use.SIG, JWK.Use.ENCRYPTION}) {
      if (isOne(place) && place.endsWith(USE + use)) {
        String id = place.substring(place.indexOf(CLIENT) + CLIENT.length()).replace(USE + use, "");
        return Optional.of(new ClientKeyPlace(id, use));
      }
    }
    return Optional.empty();
  }
}
