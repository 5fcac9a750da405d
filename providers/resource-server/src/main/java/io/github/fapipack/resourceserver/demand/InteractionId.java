package io.github.fapipack.resourceserver.demand;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Uuids;
import java.util.List;
import java.util.UUID;

/**
 * The field x-fapi-interaction-id, by which client and bank find one exchange in both logs (FAPI 1
 * Part 1, 6.2.1-11; the ecosystems go on with it under FAPI 2).
 *
 * @param required whether a request without one is refused, as in Open Finance Brazil
 */
public record InteractionId(boolean required) {

  /** The name of the field. */
  public static final String FIELD = "x-fapi-interaction-id";

  /** Refuses a request without a UUID, if it is required. */
  public void check(ApiRequest request) throws RefusedRequest {
    if (required && !isGood(request.values(FIELD))) {
      throw new RefusedRequest(
          Problem.INVALID_REQUEST,
          "send a new UUID in the field x-fapi-interaction-id",
          "FAPI1-BASE 6.2.1-11");
    }
  }

  /** The field of the answer: that of the request if it is a UUID, otherwise a new one. */
  public static HttpField of(ApiRequest request) {
    List<String> sent = request.values(FIELD);
    return new HttpField(FIELD, isGood(sent) ? sent.get(0) : UUID.randomUUID().toString());
  }

  /** Anything else could carry a text of the caller into logs and answers. */
  private static boolean isGood(List<String> sent) {
    return sent.size() == 1 && Uuids.isUuid(sent.get(0));
  }
}
