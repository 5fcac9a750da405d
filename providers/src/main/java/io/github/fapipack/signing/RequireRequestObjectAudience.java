package io.github.fapipack.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.Setting;
import io.github.fapipack.security.RequestObject;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.services.Urls;

/**
 * A request object is meant for this issuer: {@code aud} is the issuer, or an array that has it. An
 * array may name others beside it only where a setting says so.
 */
@Clause({"FAPI2-MS 5.3.1-2", "CIBA 7.1.1-2", "FAPI1-ADV 5.2.2-15"})
public final class RequireRequestObjectAudience
    extends Rule<RequireRequestObjectAudience.Settings> {

  /** Who else a request object may be meant for. */
  public record Settings(
      @Setting(
              label = "Other audiences allowed",
              help =
                  "On, aud may be an array with further audiences beside the issuer, as FAPI 1.0 and"
                      + " Message Signing have it.",
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
    String issuer = issuer(occasion);
    if (!names(object.get().claims().path("aud"), issuer)) {
      throw object.get().refusal("aud must be the issuer, or an array that has it: " + issuer);
    }
    if (!settings.othersAllowed()) {
      requireNoOthers(occasion, object.get());
    }
  }

  private static String issuer(Occasion occasion) {
    return Urls.realmIssuer(
        occasion.session().getContext().getUri().getBaseUri(), occasion.realm().getName());
  }

  static boolean names(JsonNode audience, String issuer) {
    return members(audience).allMatch(JsonNode::isTextual)
        && members(audience).anyMatch(one -> one.textValue().equals(issuer));
  }

  /**
   * Refuses an object that is meant for anybody but this issuer and its endpoints; one without
   * audience passes.
   */
  public static void requireNoOthers(Occasion occasion, RequestObject object) throws Refusal {
    String issuer = issuer(occasion);
    JsonNode audience = object.claims().path("aud");
    if ((audience.isArray() && audience.isEmpty())
        || !members(audience)
            .allMatch(
                one ->
                    one.isTextual()
                        && (one.textValue().equals(issuer)
                            || one.textValue().startsWith(issuer + "/")))) {
      throw object.refusal("aud names others than this server; send the issuer alone: " + issuer);
    }
  }

  private static Stream<JsonNode> members(JsonNode audience) {
    return audience.isArray()
        ? StreamSupport.stream(audience.spliterator(), false)
        : audience.isMissingNode() ? Stream.of() : Stream.of(audience);
  }
}
