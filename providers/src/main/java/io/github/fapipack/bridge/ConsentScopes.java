package io.github.fapipack.bridge;

import io.github.fapipack.ecosystem.ConsentRules;
import io.github.fapipack.ecosystem.ConsentRules.Reference;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.keycloak.ParameterNames;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.SentParameter;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Takes the scopes that carry a consent out of a request before Keycloak checks its scopes: none of
 * them is a client scope. What was sent is kept beside it. Request objects are changed where
 * Keycloak reads them ({@link io.github.fapipack.request.ReadRequestObject}).
 */
public final class ConsentScopes {

  /** A parameter that only the pack writes: the scopes as the client sent them. */
  private static final String SENT = "fapi.sent_scope";

  /** Likewise, the parameter {@code claims}: Keycloak gets only what it understands of it. */
  private static final String CLAIMS = "fapi.sent_claims";

  private ConsentScopes() {}

  /** To be called when the server starts: Keycloak does not keep parameters that it knows. */
  public static void install() {
    ParameterNames.know(SENT);
    ParameterNames.know(CLAIMS);
  }

  /** The rules of the realm's ecosystem about consents; empty if there are none. */
  public static Optional<ConsentRules> rules(KeycloakSession session) {
    return EcosystemProfiles.of(session).inUse().map(EcosystemProfile::consent);
  }

  /**
   * Changes the form of a request without a request object, and keeps in it what was sent; to be
   * called before anything else changes the form.
   */
  public static void takeOut(KeycloakSession session, MultivaluedMap<String, String> form) {
    form.remove(SENT);
    form.remove(CLAIMS);
    String scope = form.getFirst(OAuth2Constants.SCOPE);
    Optional<ConsentRules> rules = rules(session);
    String claims = form.getFirst(OIDCLoginProtocol.CLAIMS_PARAM);
    if (claims != null
        && rules.map(ConsentRules::reference).map(Reference::arrangement).isPresent()) {
      form.put(CLAIMS, List.of(claims));
    }
    if (scope != null && rules.isPresent() && !rules.get().carriers(scope).isEmpty()) {
      form.put(SENT, List.of(scope));
      String rest = rules.get().withoutCarriers(scope);
      if (rest.isEmpty()) {
        form.remove(OAuth2Constants.SCOPE);
      } else {
        form.put(OAuth2Constants.SCOPE, List.of(rest));
      }
    }
  }

  /** The scopes of a request whose form was changed; empty if its scopes are as they were sent. */
  static Optional<String> sent(Occasion occasion) throws Refusal {
    return kept(occasion, SENT);
  }

  /** The claims of a request whose form was changed; empty if they are as they were sent. */
  static Optional<String> sentClaims(Occasion occasion) throws Refusal {
    return kept(occasion, CLAIMS);
  }

  private static Optional<String> kept(Occasion occasion, String name) throws Refusal {
    return occasion.context() instanceof BackchannelRequestEvent
            || RequestObject.in(occasion).isPresent()
        ? Optional.empty()
        : SentParameter.text(occasion, name);
  }
}
