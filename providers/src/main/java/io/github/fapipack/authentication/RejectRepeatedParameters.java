package io.github.fapipack.authentication;

import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A request of an authenticated client must contain each parameter once (RFC 6749 3.2), in
 * printable characters and of reasonable size: ambiguous requests are refused, not interpreted.
 */
@RuleId("fapi2-reject-repeated-parameters")
@Clause("RFC6749 3.2")
public final class RejectRepeatedParameters extends Rule<RejectRepeatedParameters.Limits> {

  /** These may be sent several times (RFC 8707 2, RFC 8693 2.1). */
  private static final Set<String> REPEATABLE = Set.of("resource", "audience");

  /** JSON may contain line breaks. */
  private static final Set<String> JSON = Set.of("authorization_details", "claims");

  private static final int MOST_PARAMETERS = 100;
  private static final int LONGEST_NAME = 100;

  /** The maximum size of a request. */
  public record Limits(
      @Setting(
              label = "Longest value",
              help = "Characters that the value of one parameter may have, from 1000.",
              value = "50000")
          int maxCharacters) {

    public Limits {
      if (maxCharacters < 1000) {
        throw new IllegalArgumentException("field 'maxCharacters' must be 1000 or more");
      }
    }
  }

  public RejectRepeatedParameters() {
    super(Limits.class, "Refuses requests with repeated, unprintable or absurdly long parameters.");
  }

  @Override
  protected void check(Occasion occasion, Limits settings) throws Refusal {
    if (occasion.context() instanceof ClientAuthenticationEvent request) {
      checkParameters(
          request.form(),
          occasion.session().getContext().getUri().getQueryParameters(),
          settings.maxCharacters());
    }
  }

  static void checkParameters(
      MultivaluedMap<String, String> form, MultivaluedMap<String, String> query, int maxCharacters)
      throws Refusal {
    if (form.size() > MOST_PARAMETERS) {
      throw Refusal.invalidRequest(
          "the request has too many parameters", "send at most " + MOST_PARAMETERS);
    }
    for (Map.Entry<String, List<String>> parameter : form.entrySet()) {
      String name = parameter.getKey();
      // The sentence quotes the name only if it is printable and short.
      if (name.length() > LONGEST_NAME || hasControls(name, false)) {
        throw Refusal.invalidRequest("the name of a parameter is too long or not printable");
      }
      if ((parameter.getValue().size() > 1 || query.containsKey(name))
          && !REPEATABLE.contains(name)) {
        throw Refusal.invalidRequest("parameter " + name + " is repeated", "send it once");
      }
      checkValues(name, parameter.getValue(), maxCharacters);
    }
  }

  /** Whether a specification allows a parameter to be sent several times. */
  public static boolean mayBeRepeated(String name) {
    return REPEATABLE.contains(name);
  }

  private static void checkValues(String name, List<String> values, int maxCharacters)
      throws Refusal {
    for (String value : values) {
      if (value.length() > maxCharacters) {
        throw Refusal.invalidRequest(
            "parameter " + name + " is too long", "send at most " + maxCharacters + " characters");
      }
      if (hasControls(value, JSON.contains(name))) {
        throw Refusal.invalidRequest(
            "parameter " + name + " has control characters", "leave them out");
      }
    }
  }

  private static boolean hasControls(String text, boolean linesAllowed) {
    return text.chars()
        .anyMatch(c -> Character.isISOControl(c) && !(linesAllowed && "\t\r\n".indexOf(c) >= 0));
  }
}
