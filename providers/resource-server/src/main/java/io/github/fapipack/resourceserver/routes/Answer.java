package io.github.fapipack.resourceserver.routes;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.Refused;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A whole answer.
 *
 * @param content the bytes of the body; an empty array for none
 */
public record Answer(int status, List<HttpField> fields, byte[] content) {

  public Answer {
    fields = List.copyOf(fields);
  }

  /** The answer of a refusal. */
  public static Answer of(Refused refused) {
    return new Answer(
        refused.status(),
        refused.responseFields(),
        refused.body().getBytes(StandardCharsets.UTF_8));
  }
}
