package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.request.TrustedProxies;
import io.github.fapipack.resourceserver.routes.DemandRules;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How the server listens and whom it answers.
 *
 * @param origin scheme, host and port by which callers know the API
 * @param contentLimit bytes of content that are read where a proxy sends it along
 * @param identityLimit how long the fields may be that the API gets
 * @param stopAfter how long a stop waits for what has been asked
 */
record AuthzSettings(
    InetSocketAddress listen,
    TrustedProxies trusted,
    Proxy proxy,
    String origin,
    DemandRules demands,
    int threads,
    int connections,
    int contentLimit,
    int identityLimit,
    Duration stopAfter) {

  static AuthzSettings of(Settings settings) {
    String demands =
        settings.required(
            "demands", "what operations demand, such as GET /accounts scope=accounts");
    DemandRules rules =
        settings
            .read("demands", DemandLines::parse, "operations and what they demand")
            .orElse(DemandRules.none());
    if (settings.flag("others-pass", false) && !demands.isEmpty()) {
      rules = rules.othersPass();
    }
    return new AuthzSettings(
        settings
            .read("listen", AuthzSettings::address, "an address and a port, such as 127.0.0.1:9180")
            .orElseGet(() -> address("127.0.0.1:9180")),
        settings
            .read("trusted-proxies", AuthzSettings::networks, "networks, separated by commas")
            .orElseGet(() -> networks("127.0.0.0/8,::1")),
        settings.one("proxy", Proxy.class, Proxy.NGINX),
        settings
            .read("resource", ApiSettings::origin, "an address, such as https://api.example")
            .orElse(""),
        rules,
        settings.number("threads", 32, 1, 1024),
        settings.number("connections", 512, 1, 65535),
        settings.number("content-limit", 1 << 20, 0, 1 << 26),
        settings.number("identity-limit", 6144, 256, 1 << 16),
        Duration.ofSeconds(settings.number("stop-after", 10, 0, 600)));
  }

  private static TrustedProxies networks(String text) {
    return TrustedProxies.of(text.split("\\s*,\\s*"));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    int port = Integer.parseInt(text.substring(colon + 1));
    String host = colon < 0 ? "127.0.0.1" : text.substring(0, colon);
    return new InetSocketAddress(host, port);
  }
}
