package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.services.Urls;

/** The audience of a request object, its claim {@code aud} (RFC 9101 4). */
public final class RequestObjectAudience {

  /**
   * A rule that decides about audiences of request objects. In a realm without such a rule, only
   * this server is allowed as audience.
   */
  public interface Judge {}

  private RequestObjectAudience() {}

  /** The issuer identifier of the current realm. */
  public static String issuer(Occasion occasion) {
    return Urls.realmIssuer(
        occasion.session().getContext().getUri().getBaseUri(), occasion.realm().getName());
  }

  /** Whether {@code aud} is the issuer, or an array of texts that contains it. */
  public static boolean names(JsonNode audience, String issuer) {
    return members(audience).allMatch(JsonNode::isTextual)
        && members(audience).anyMatch(one -> one.textValue().equals(issuer));
  }

  /**
   * Refuses an object with any audience other than this issuer and its endpoints; an object without
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
      throw object.refusal(
          "aud has audiences other than this server; send the issuer alone: " + issuer);
    }
  }

  private static Stream<JsonNode> members(JsonNode audience) {
    return audience.isArray()
        ? StreamSupport.stream(audience.spliterator(), false)
        : audience.isMissingNode() ? Stream.of() : Stream.of(audience);
  }
}
