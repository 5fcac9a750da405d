package io.github.fapipack.trust;

import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.RegistrationRules.SignedRequest;
import io.github.fapipack.fetch.FetchedKeys;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.rule.Refusal;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Whether a signed registration request comes from the software that its statement is about: it is
 * signed with a key that the directory publishes for the software.
 */
final class SignedRequestCheck {

  private static final String ERROR = "invalid_client_metadata";

  private final KeycloakSession session;
  private final EcosystemProfile profile;

  SignedRequestCheck(KeycloakSession session, EcosystemProfile profile) {
    this.session = session;
    this.profile = profile;
  }

  void check(SignedJwt request, SoftwareStatement statement) throws Refusal {
    SignedRequest rules = profile.registration().request();
    if (rules.algorithms().stream()
        .noneMatch(name -> Algorithms.areSame(name, request.algorithm()))) {
      throw refusal("must be signed with " + String.join(" or ", rules.algorithms()));
    }
    Optional<String> issuer = rules.issuer().text(statement.claims());
    if (issuer.isEmpty() || !request.text("iss").equals(issuer)) {
      throw refusal("iss must be the " + rules.issuer().name() + " of the software statement");
    }
    checkSignature(request, statement);
    JwtLimits limits = limits(request);
    limits.checkTimes(rules.maxAge(), null, false);
    limits.checkAudience(new Audiences(session).named(rules.audience()));
    if (rules.once()) {
      limits.identifier();
    }
  }

  private void checkSignature(SignedJwt request, SoftwareStatement statement) throws Refusal {
    Optional<String> uri =
        profile.statement().jwksUri() == null
            ? Optional.empty()
            : profile.statement().jwksUri().text(statement.claims());
    if (uri.isEmpty() || !uri.get().startsWith("https://")) {
      throw new Refusal(
          StatementCheck.INVALID,
          "the software statement does not say where the keys of the software are",
          "get a new one from the directory");
    }
    FetchedKeys keys = FetchedKeys.ofSoftware(session, uri.get());
    if (!keys.signed(session, request)) {
      throw keys.isSilent()
          ? refusal("cannot be verified, since the keys of the software cannot be fetched")
          : refusal("is not signed with a key that the directory publishes for the software");
    }
  }

  static JwtLimits limits(SignedJwt request) {
    return new JwtLimits(request, "the registration request", ERROR);
  }

  private static Refusal refusal(String what) {
    return new Refusal(ERROR, "the registration request: " + what, "sign a new one");
  }
}
