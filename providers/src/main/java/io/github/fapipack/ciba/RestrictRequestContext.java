package io.github.fapipack.ciba;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.Optional;

/**
 * {@code request_context}, with which a client describes the device in front of the user, must be a
 * JSON object of limited size; it is passed on to the authentication device.
 */
@RuleId("fapi2-restrict-request-context")
@Clause("FAPI-CIBA 4.1.3-1")
public final class RestrictRequestContext extends Rule<RestrictRequestContext.Limits> {

  static final String PARAMETER = "request_context";

  /** The maximum size. */
  public record Limits(
      @Setting(
              label = "Longest request_context (characters)",
              help = "Characters of its JSON text, from 0 to 10000.",
              value = "2000")
          int maxCharacters) {

    public Limits {
      if (maxCharacters < 0 || maxCharacters > 10000) {
        throw new IllegalArgumentException("field 'maxCharacters' must be from 0 to 10000");
      }
    }
  }

  public RestrictRequestContext() {
    super(Limits.class, "Accepts request_context as a JSON object of moderate size.");
  }

  @Override
  protected void check(Occasion occasion, Limits settings) throws Refusal {
    Optional<RequestObject> object =
        AuthenticationRequest.in(occasion).flatMap(AuthenticationRequest::object);
    if (object.isEmpty() || !object.get().claims().has(PARAMETER)) {
      return;
    }
    JsonNode context = object.get().claims().get(PARAMETER);
    if (!context.isObject() || context.toString().length() > settings.maxCharacters()) {
      throw Refusal.invalidRequest(
          "request_context must be a JSON object of at most "
              + settings.maxCharacters()
              + " characters");
    }
  }
}
