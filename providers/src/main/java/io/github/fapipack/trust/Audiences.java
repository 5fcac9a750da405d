package io.github.fapipack.trust;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.services.Urls;

/** The values by which a statement or a signed request may name this server. */
final class Audiences {

  private final KeycloakSession session;

  Audiences(KeycloakSession session) {
    this.session = session;
  }

  /** The values for the names in a profile; others are taken literally. */
  List<String> named(List<String> names) {
    return names.stream().map(this::value).filter(Objects::nonNull).toList();
  }

  private String value(String name) {
    RealmModel realm = session.getContext().getRealm();
    return switch (name) {
      case "issuer" ->
          Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName());
      case "registration_endpoint" -> RegistrationAddress.of(session);
      case "token_endpoint" ->
          OIDCLoginProtocolService.tokenUrl(session.getContext().getUri().getBaseUriBuilder())
              .build(realm.getName())
              .toString();
      case "organisation_id" -> realm.getAttribute(EcosystemProfiles.ORGANISATION);
      default -> name;
    };
  }
}
