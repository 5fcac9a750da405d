package io.github.fapipack.authorization;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;

/**
 * A {@code request_uri} expires in less than ten minutes, even if the realm's setting is longer.
 */
@RuleId("fapi2-limit-request-uri-lifetime")
@Clause("FAPI2-SP 5.3.2.2-12")
public final class LimitRequestUriLifetime extends Rule<LimitRequestUriLifetime.Settings> {

  private static final RequestKey<Integer> SECONDS = new RequestKey<>();

  /**
   * The longest lifetime of a {@code request_uri}.
   *
   * @param seconds the longest lifetime, in seconds
   */
  public record Settings(
      @Setting(
              label = "Longest lifetime of a request_uri (seconds)",
              help = "In seconds, from 5 to 599; a shorter lifetime set in the realm stays.",
              value = "90")
          int seconds) {
    public Settings {
      if (seconds < 5 || seconds >= 600) {
        throw new IllegalArgumentException("field 'seconds' must be from 5 to 599");
      }
    }
  }

  public LimitRequestUriLifetime() {
    super(Settings.class, "Caps the lifetime of pushed authorization requests.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) {
    if (!(occasion.context() instanceof PushedAuthorizationRequestContext pushed)) {
      return;
    }
    int lifetime = occasion.realm().getParPolicy().getRequestUriLifespan();
    if (lifetime > settings.seconds()) {
      occasion.correctAnswer(
          pushed.getClient(),
          "its request_uri lives " + settings.seconds() + " s, not " + lifetime + " s",
          () -> SECONDS.set(occasion.session(), settings.seconds()));
    }
  }

  /** The longest lifetime of the current pushed request, in seconds; empty if nothing limits it. */
  public static Optional<Integer> of(KeycloakSession session) {
    return SECONDS.in(session);
  }
}
