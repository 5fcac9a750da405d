package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.keycloak.services.Urls;

/** For whom a request object is meant, by its claim {@code aud} (RFC 9101 4). */
public final class RequestObjectAudience {

  /**
   * A rule that decides for whom request objects may be meant. Where a realm has none, they may be
   * meant for this server alone.
   */
  public interface Judge {}

  private RequestObjectAudience() {}

  /** The issuer that the current realm is. */
  public static String issuer(Occasion occasion) {
    return Urls.realmIssuer(
        occasion.session().getContext().getUri().getBaseUri(), occasion.realm().getName());
  }

  /** Whether {@code aud} is the issuer, or an array of texts that has it. */
  public static boolean names(JsonNode audience, String issuer) {
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
