package io.github.fapipack.resourceserver;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The answer to a refused request: a challenge for each scheme that this API takes (RFC 9110
 * 11.6.1, RFC 6750 3, RFC 9449 7.1), and the same as JSON for people.
 *
 * @param dpopAlgorithms what proofs may be signed with; empty if the API takes none
 * @param certificates whether the API takes tokens that are bound to certificates, which come as
 *     Bearer
 * @param metadata the address of the API's own metadata (RFC 9728 5.1)
 */
record Answers(List<String> dpopAlgorithms, boolean certificates, Optional<String> metadata) {

  /** Problems to which no other token or proof is the answer. */
  private static final Set<Problem> WITHOUT_CHALLENGE =
      Set.of(
          Problem.UNAVAILABLE,
          Problem.TOO_LARGE,
          Problem.UNSUPPORTED_MEDIA_TYPE,
          Problem.BAD_SIGNATURE,
          Problem.USED_AGAIN);

  Answers {
    dpopAlgorithms = List.copyOf(dpopAlgorithms);
  }

  /** The whole answer, with these fields beside its own. */
  Refused to(RefusedRequest refusal, List<HttpField> more) {
    List<HttpField> fields = new ArrayList<>();
    if (!WITHOUT_CHALLENGE.contains(refusal.problem())) {
      fields.addAll(challenges(refusal));
    }
    fields.add(new HttpField("Content-Type", "application/json"));
    fields.add(new HttpField("Cache-Control", "no-store"));
    refusal.retryAfter().map(Answers::seconds).ifPresent(fields::add);
    fields.addAll(refusal.fields());
    fields.addAll(more);
    return new Refused(
        refusal.problem(), refusal.sentence(), refusal.clause(), fields, body(refusal));
  }

  private static HttpField seconds(Duration wait) {
    return new HttpField("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
  }

  private List<HttpField> challenges(RefusedRequest refusal) {
    List<HttpField> challenges = new ArrayList<>();
    if (!dpopAlgorithms.isEmpty()) {
      Map<String, String> first = Map.of("algs", String.join(" ", dpopAlgorithms));
      challenges.add(challenge("DPoP", first, refusal));
    }
    if (certificates && !isAboutProofs(refusal.problem())) {
      challenges.add(challenge("Bearer", Map.of(), refusal));
    }
    return challenges;
  }

  private static boolean isAboutProofs(Problem problem) {
    return problem == Problem.INVALID_DPOP_PROOF || problem == Problem.USE_DPOP_NONCE;
  }

  private HttpField challenge(String scheme, Map<String, String> first, RefusedRequest refusal) {
    Map<String, String> parameters = new LinkedHashMap<>(first);
    refusal
        .problem()
        .code()
        .ifPresent(
            code -> {
              parameters.put("error", code);
              parameters.put("error_description", refusal.sentence());
            });
    parameters.putAll(refusal.parameters());
    metadata.ifPresent(address -> parameters.put("resource_metadata", address));
    StringBuilder text = new StringBuilder(scheme);
    String separator = " ";
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      text.append(separator).append(parameter.getKey()).append("=\"");
      text.append(printable(parameter.getValue())).append('"');
      separator = ", ";
    }
    return new HttpField("WWW-Authenticate", text.toString());
  }

  /** Only what a quoted value may contain (RFC 6750 3), whatever the sentence was made of. */
  private static String printable(String value) {
    StringBuilder kept = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static String body(RefusedRequest refusal) {
    Map<String, Object> body = new LinkedHashMap<>();
    refusal.problem().code().ifPresent(code -> body.put("error", code));
    body.put("error_description", refusal.sentence());
    body.put("clause", refusal.clause());
    body.putAll(refusal.members());
    return JSONObjectUtils.toJSONString(body);
  }
}
