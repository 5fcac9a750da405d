package io.github.fapipack.authority;

import java.net.URI;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * Where the authority of a realm publishes: below the realm's frontend URL, or at the realm
 * attribute {@value #BASE}, if a proxy offers it elsewhere, such as without TLS.
 */
record Addresses(String base) {

  /** The attribute, with an http or https address. */
  static final String BASE = "fapi.scheme.revocation-base";

  private static final Logger LOGGER = Logger.getLogger(Addresses.class);

  static Addresses of(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    String set = realm.getAttribute(BASE);
    if (set != null && !set.isBlank()) {
      if (isAddress(set.strip())) {
        return new Addresses(set.strip().replaceAll("/+$", ""));
      }
      LOGGER.warnf(
          "The attribute %s of realm %s is not an http or https address, so it is not used",
          BASE, realm.getName());
    }
    return new Addresses(
        Urls.realmIssuer(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), realm.getName())
            + "/"
            + AuthorityResource.ID);
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && uri.getQuery() == null
          && uri.getFragment() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  String ocsp() {
    return base + "/ocsp";
  }

  String list(IssuingKey issuer) {
    return base + "/" + issuer.id() + ".crl";
  }

  String certificate(IssuingKey issuer) {
    return base + "/" + issuer.id() + ".cer";
  }
}
