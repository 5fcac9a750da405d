package io.github.fapipack.audit;

import io.github.fapipack.authentication.RequireAsymmetricClientAuthentication;
import io.github.fapipack.authentication.RequireAsymmetricClientAuthentication.Methods;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.token.RequireSenderConstrainedToken;
import io.github.fapipack.token.RequireSenderConstrainedToken.Bindings;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;

/** Whether a realm lets clients use mutual TLS, and whether anything works without it. */
enum MutualTlsOffer {
  NONE,
  OFFERED,
  NEEDED;

  /** What the realm's own rules allow; if it has none yet, what the profile's will allow. */
  static MutualTlsOffer of(RealmUnderAudit realm) {
    Optional<Methods> methods = settings(realm, RequireAsymmetricClientAuthentication.class);
    Optional<Bindings> bindings = settings(realm, RequireSenderConstrainedToken.class);
    boolean authenticates =
        methods.map(Methods::methods).stream()
            .anyMatch(ids -> ids.stream().anyMatch(MutualTlsOffer::usesCertificate));
    boolean binds = bindings.map(Bindings::mtls).orElse(false);
    if (!authenticates && !binds) {
      return NONE;
    }
    boolean needed =
        bindings.map(choice -> choice.mtls() && !choice.dpop()).orElse(false)
            || methods
                .map(Methods::methods)
                .map(ids -> ids.stream().allMatch(MutualTlsOffer::usesCertificate))
                .orElse(false);
    return needed ? NEEDED : OFFERED;
  }

  private static boolean usesCertificate(String authenticator) {
    return !authenticator.equals(JWTClientAuthenticator.PROVIDER_ID);
  }

  private static <S extends Record, R extends Rule<S>> Optional<S> settings(
      RealmUnderAudit realm, Class<R> rule) {
    return RealmRules.of(realm.session(), realm.realm())
        .settingsInAnyMode(realm.session(), rule)
        .or(() -> realm.profile().settings(realm.session(), rule));
  }

  boolean isMade() {
    return this != NONE;
  }

  Severity severity() {
    return switch (this) {
      case NONE -> Severity.NOTE;
      case OFFERED -> Severity.WARNING;
      case NEEDED -> Severity.ERROR;
    };
  }

  /** The end of a sentence about what does not work. */
  String consequence() {
    return switch (this) {
      case NONE -> "";
      case OFFERED -> ", which the realm offers";
      case NEEDED -> ", which the realm demands";
    };
  }

  /** The end of a sentence about what to do: the alternative. */
  String alternative() {
    return this == OFFERED
        ? "; or take client-x509 and mtls off the settings of "
            + Rule.id(RequireAsymmetricClientAuthentication.class)
            + " and "
            + Rule.id(RequireSenderConstrainedToken.class)
        : "";
  }
}
