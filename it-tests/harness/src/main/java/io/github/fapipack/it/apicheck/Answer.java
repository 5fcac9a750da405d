package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.http.NamedValues;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the API answered.
 *
 * @param status 0 if there was no answer
 * @param body the first part of it, as received
 * @param trouble why there was no answer; empty if there was one
 * @param late whether the time was over
 */
record Answer(int status, NamedValues headers, String body, String trouble, boolean late) {
  private static final Pattern ERROR_IN_BODY = Pattern.compile("\"error\"\\s*:\\s*\"([^\"]{1,60})");
  private static final Pattern ERROR_IN_CHALLENGE =
      Pattern.compile("\\berror=\"?([^\",\\s]{1,60})");

  static Answer of(int status, NamedValues headers, String body) {
    return new Answer(status, headers, body, "", false);
  }

  static Answer none(String trouble, boolean late) {
    return new Answer(0, new NamedValues(), "", trouble, late);
  }

  boolean isSilence() {
    return status == 0;
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The error code of the challenge, or that of the body. */
  Optional<String> error() {
    return headers.all("WWW-Authenticate").stream()
        .map(ERROR_IN_CHALLENGE::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .or(
            () -> {
              Matcher matcher = ERROR_IN_BODY.matcher(body);
              return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
            });
  }

  /** Whether there is a challenge of this scheme. */
  boolean challenges(String scheme) {
    String wanted = scheme.toLowerCase(Locale.ROOT);
    return headers.all("WWW-Authenticate").stream()
        .map(value -> value.toLowerCase(Locale.ROOT))
        .anyMatch(
            value ->
                value.equals(wanted)
                    || value.startsWith(wanted + " ")
                    || value.contains(", " + wanted + " "));
  }

  boolean challenges() {
    return headers.get("WWW-Authenticate").isPresent();
  }

  /** Whether only a nonce was missing. */
  boolean wantsNonce() {
    return status == 401
        && error().filter("use_dpop_nonce"::equals).isPresent()
        && headers.get("DPoP-Nonce").isPresent();
  }

  /** In a few words. */
  String seen() {
    if (isSilence()) {
      return Words.plain(trouble, 120);
    }
    String challenge = headers.get("WWW-Authenticate").orElse("");
    String scheme = challenge.isEmpty() ? "" : " " + challenge.split(" ", 2)[0];
    return Words.plain(status + scheme + error().map(code -> " " + code).orElse(""), 120);
  }
}
