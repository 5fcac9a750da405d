package io.github.fapipack.requestobject;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A request object must not be another kind of JWT: {@code typ} is absent, {@code JWT} or {@code
 * oauth-authz-req+jwt}, and the header has no parameters that we do not support (RFC 8725 3.11).
 */
@RuleId("fapi2-require-request-object-type")
@Clause({"FAPI2-MS 5.3.1-5", "FAPI2-SP 5.4.1-1.1", "FAPI1-ADV 8.9-2"})
public final class RequireRequestObjectType extends Rule<NoSettings> {

  private static final Set<String> TYPES = Set.of("oauth-authz-req+jwt", "jwt");

  /** References to keys elsewhere, and critical extensions. */
  private static final List<String> UNWANTED = List.of("jku", "x5u", "crit");

  public RequireRequestObjectType() {
    super(NoSettings.class, "Refuses request objects whose typ is that of another kind of JWT.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isEmpty()) {
      return;
    }
    JsonNode header = object.get().header();
    JsonNode type = header.get("typ");
    if (type != null && !isOfRequestObject(type)) {
      throw object
          .get()
          .refusal("its typ belongs to another kind of JWT; send oauth-authz-req+jwt");
    }
    if (UNWANTED.stream().anyMatch(header::has)) {
      throw object.get().refusal("its header must not have jku, x5u or crit");
    }
  }

  /** A media type, in which letter case and the prefix have no meaning (RFC 7515 4.1.9). */
  private static boolean isOfRequestObject(JsonNode type) {
    return type.isTextual()
        && TYPES.contains(
            type.textValue().toLowerCase(Locale.ROOT).replaceFirst("^application/", ""));
  }
}
