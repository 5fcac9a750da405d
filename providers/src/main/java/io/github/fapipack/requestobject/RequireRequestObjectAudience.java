package io.github.fapipack.requestobject;

import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.RequestObjectAudience;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;

/**
 * A request object must be meant for this issuer: {@code aud} is the issuer, or an array that
 * contains it. Further audiences in the array are allowed only by a setting.
 */
@RuleId("fapi2-require-request-object-audience")
@Clause({"FAPI2-MS 5.3.1-2", "CIBA 7.1.1-2", "FAPI1-ADV 5.2.2-15"})
public final class RequireRequestObjectAudience extends Rule<RequireRequestObjectAudience.Settings>
    implements RequestObjectAudience.Judge {

  /** Whether further audiences are allowed. */
  public record Settings(
      @Setting(
              label = "Other audiences allowed",
              help =
                  "On, aud may be an array with further audiences beside the issuer, as FAPI 1.0"
                      + " and Message Signing have it.",
              value = "false")
          boolean othersAllowed) {}

  public RequireRequestObjectAudience() {
    super(Settings.class, "Request objects must have the issuer as audience.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isEmpty()) {
      return;
    }
    String issuer = RequestObjectAudience.issuer(occasion);
    if (!RequestObjectAudience.names(object.get().claims().path("aud"), issuer)) {
      throw object.get().refusal("aud must be the issuer, or an array that contains it: " + issuer);
    }
    if (!settings.othersAllowed()) {
      RequestObjectAudience.requireNoOthers(occasion, object.get());
    }
  }
}
