package io.github.fapipack.occasion;

import java.util.regex.Pattern;

/** The endpoints at which a client authenticates. */
public enum Endpoint {
  PUSHED_AUTHORIZATION("/ext/par/request"),
  BACKCHANNEL_AUTHENTICATION("/ext/ciba/auth"),
  DEVICE_AUTHORIZATION("/auth/device"),
  INTROSPECTION("/token/introspect"),
  REVOCATION("/revoke"),
  TOKEN("/token"),
  OTHER("");

  private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");

  private final String suffix;

  Endpoint(String suffix) {
    this.suffix = suffix;
  }

  /**
   * The endpoint with that path; matrix parameters and a slash at the end are ignored, as in
   * routing.
   */
  public static Endpoint of(String path) {
    String plain = path.indexOf(';') < 0 ? path : MATRIX_PARAMETERS.matcher(path).replaceAll("");
    int end = plain.length();
    while (end > 0 && plain.charAt(end - 1) == '/') {
      end--;
    }
    plain = plain.substring(0, end);
    for (Endpoint endpoint : values()) {
      if (plain.endsWith(endpoint.suffix)) {
        return endpoint;
      }
    }
    return OTHER;
  }

  /** Whether the endpoint issues access tokens, so that a proof of possession is expected there. */
  public boolean isToken() {
    return this == TOKEN;
  }
}
