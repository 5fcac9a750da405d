package io.github.fapipack.it.apicheck;

import io.github.fapipack.it.http.NamedValues;
import java.util.List;
import java.util.function.Consumer;

/** Headers by which some component may be made to believe something. */
final class HeaderAttacks {
  private static final String IDENTITY =
      "Remove the headers in which your proxy names the caller from every request.";
  private static final String PATH =
      "Take path and method from the request itself; remove headers that override them.";
  private static final String HOST =
      "Configure the address of the API; take forwarded headers from your own proxies only.";
  private static final String STRANGER = "attacker.invalid";

  private HeaderAttacks() {}

  static List<Attack> all() {
    return List.of(
        anonymous(
            "header-identity",
            "Headers in which proxies name the caller",
            "FAPI2-SP 5.3.4-1",
            IDENTITY,
            HeaderAttacks::identity),
        anonymous(
            "header-original-url",
            "X-Original-URL and X-Rewrite-URL of a public page",
            "FAPI2-SP 5.3.4-1",
            PATH,
            h -> h.set("X-Original-URL", "/").set("X-Rewrite-URL", "/")),
        anonymous(
            "header-original-uri",
            "X-Original-URI and X-Forwarded-Uri of a public page",
            "FAPI2-SP 5.3.4-1",
            PATH,
            h ->
                h.set("X-Original-URI", "/.well-known/oauth-protected-resource")
                    .set("X-Forwarded-Uri", "/health")),
        anonymous(
            "header-loopback",
            "X-Forwarded-For with an inner address",
            "FAPI2-SP 5.3.4-1",
            "Trust nobody because of an address.",
            HeaderAttacks::loopback),
        anonymous(
            "header-method-override",
            "X-HTTP-Method-Override with OPTIONS",
            "FAPI2-SP 5.3.4-1",
            PATH,
            h ->
                h.set("X-HTTP-Method-Override", "OPTIONS")
                    .set("X-Method-Override", "OPTIONS")
                    .set("X-Original-Method", "OPTIONS")),
        anonymous(
            "header-preflight",
            "Headers of a CORS preflight on a request for data",
            "FAPI2-SP 5.3.4-1",
            "Answer preflights to OPTIONS only.",
            h ->
                h.set("Origin", "https://" + STRANGER).set("Access-Control-Request-Method", "GET")),
        anonymous(
            "header-upgrade",
            "An upgrade to HTTP/2",
            "FAPI2-SP 5.3.4-1",
            "Check tokens after an upgrade too.",
            h -> h.set("Upgrade", "h2c").set("HTTP2-Settings", "AAMAAABkAARAAAAAAAIAAAAA")),
        proven(
                "header-proof-method",
                "A proof for the method in X-HTTP-Method-Override",
                "RFC9449 4.3-8",
                PATH)
            .when(
                d ->
                    d.proof(p -> p.htm("DELETE"))
                        .header("X-HTTP-Method-Override", "DELETE")
                        .header("X-Original-Method", "DELETE")
                        .header("X-Forwarded-Method", "DELETE")),
        proven(
                "header-forwarded-host",
                "A proof for the host in X-Forwarded-Host",
                "RFC9449 4.3-9",
                HOST)
            .when(
                d ->
                    forStranger(d)
                        .header("X-Forwarded-Host", STRANGER)
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Port", "443")),
        proven("header-forwarded", "A proof for the host in Forwarded", "RFC9449 4.3-9", HOST)
            .when(d -> forStranger(d).header("Forwarded", "host=" + STRANGER + ";proto=https")),
        proven("header-host", "A proof for another host in Host", "RFC9449 4.3-9", HOST)
            .when(d -> forStranger(d).tampering(h -> h.set("Host", STRANGER))),
        proven(
                "header-host-twice",
                "A proof for the second of two hosts",
                "RFC9112 3.2",
                "Refuse a request with more than one Host header.")
            .when(d -> forStranger(d).tampering(h -> h.add("Host", STRANGER))),
        proven(
                "header-absolute-target",
                "A proof for the host of an absolute target",
                "RFC9449 4.3-9",
                HOST)
            .when(d -> forStranger(d).target("https://" + STRANGER + d.target())),
        proven("header-proof-path", "A proof for the path in X-Original-URI", "RFC9449 4.3-9", PATH)
            .when(HeaderAttacks::originalPath));
  }

  private static void identity(NamedValues headers) {
    for (String name :
        List.of(
            "X-User",
            "X-Remote-User",
            "Remote-User",
            "X-Forwarded-User",
            "X-Authenticated-Userid",
            "X-Auth-Request-User",
            "X-Client-Id",
            "X-Fapi-Client",
            "X-Fapi-Subject")) {
      headers.set(name, "admin");
    }
    headers.set("X-Auth-Status", "200").set("X-Userinfo", "eyJzdWIiOiJhZG1pbiJ9");
  }

  private static void loopback(NamedValues headers) {
    headers
        .set("X-Forwarded-For", "127.0.0.1")
        .set("X-Real-IP", "127.0.0.1")
        .set("Forwarded", "for=127.0.0.1");
  }

  private static Draft forStranger(Draft draft) {
    return draft.proof(p -> p.htu("https://" + STRANGER + draft.address().getRawPath()));
  }

  private static void originalPath(Draft draft) {
    String origin = draft.address().getScheme() + "://" + draft.address().getRawAuthority();
    draft
        .proof(p -> p.htu(origin + "/fapi-resource-check"))
        .header("X-Original-URI", "/fapi-resource-check")
        .header("X-Original-URL", "/fapi-resource-check")
        .header("X-Forwarded-Uri", "/fapi-resource-check");
  }

  private static Attack anonymous(
      String id, String title, String clause, String fix, Consumer<NamedValues> headers) {
    return Attack.of(Topic.HEADER, id, title + ", without a token", clause, fix, Expected.TRANSPORT)
        .when(draft -> draft.anonymous().editing(headers));
  }

  private static Pending proven(String id, String title, String clause, String fix) {
    return new Pending(Attack.of(Topic.HEADER, id, title, clause, fix, Expected.TRANSPORT));
  }

  /** An attack with a proof. */
  private record Pending(Attack attack) {
    Attack when(Consumer<Draft> change) {
      return attack
          .when(change)
          .unless(scene -> !scene.usesDpop(), "tokens are bound to certificates");
    }
  }
}
