package io.github.fapipack.portal;

import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Files for the visitor to keep; browsers never show them as a page of this server. */
final class Download {

  private Download() {}

  static Response text(String name, String type, String content) {
    return of(name, type, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A file from somebody else, of which nobody knows what it is.
   *
   * @param name as it was uploaded
   */
  static Response foreign(String name, byte[] content) {
    return of(name, "application/octet-stream", content);
  }

  private static Response of(String name, String type, byte[] content) {
    String ascii = name.replaceAll("[^A-Za-z0-9._-]", "_");
    // RFC 6266 4.3: the second form is for browsers that know it.
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return Response.ok(content, type)
        .header(
            "Content-Disposition",
            "attachment; filename=\""
                + ascii
                + "\"; filename*=UTF-8''"
                + encoded.replace("*", "%2A"))
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .build();
  }
}
