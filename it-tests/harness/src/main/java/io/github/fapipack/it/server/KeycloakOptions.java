package io.github.fapipack.it.server;

import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The options that a Keycloak needs for FAPI. */
final class KeycloakOptions {
  /**
   * Options that are fixed by the server's build: Keycloak asks clients for a certificate only if
   * the build said so.
   */
  static final List<String> BUILD =
      List.of(
          "--db=dev-file",
          "--health-enabled=true",
          "--metrics-enabled=true",
          "--https-client-auth=request");

  /**
   * FAPI 2.0 Security Profile 5.2.2 allows no other suites for TLS 1.2; those of TLS 1.3 are all
   * allowed.
   */
  private static final List<String> CIPHER_SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

  private static final List<String> EVERYWHERE =
      List.of(
          "--http-enabled=false",
          "--https-protocols=TLSv1.3,TLSv1.2",
          "--https-cipher-suites=" + String.join(",", CIPHER_SUITES),
          "--https-trust-store-password=" + Pki.TRUST_STORE_PASSWORD,
          "--http-management-scheme=http",
          "--log=console",
          "--log-console-color=false",
          // Keycloak's own format, with the interaction id added.
          "--log-console-format=%d{yyyy-MM-dd HH:mm:ss,SSS} %-5p [%c] (%t)"
              + " [%X{fapi_interaction_id}] %s%e%n",
          // Otherwise each readiness request leaves a line in the log.
          "--log-level=info,io.smallrye.health:warn",
          // By default Keycloak ignores a request's sixth additional parameter, and long ones,
          // without an error.
          "--spi-login-protocol--openid-connect--add-req-params-max-number=40",
          "--spi-login-protocol--openid-connect--add-req-params-max-size=20000",
          "--spi-login-protocol--openid-connect--add-req-params-fail-fast=true");

  private KeycloakOptions() {}

  /** The options for the given address; the paths of certificates are those on the server. */
  static List<String> start(URI baseUrl, PkiFiles pki) {
    List<String> options = startNode(baseUrl, pki);
    options.add("--cache=local");
    return options;
  }

  /** The same for a server that forms a cluster with others that it finds in its database. */
  static List<String> startNode(URI baseUrl, PkiFiles pki) {
    List<String> options = new ArrayList<>(EVERYWHERE);
    options.add("--hostname=" + baseUrl);
    options.add("--https-certificate-file=" + pki.server());
    options.add("--https-certificate-key-file=" + pki.serverKey());
    // The listener needs its own trust store: without one it would accept client certificates of
    // every authority that the JDK trusts.
    options.add("--https-trust-store-file=" + pki.clientTrustStore());
    // The client authenticator checks certificates again, against this one.
    options.add("--truststore-paths=" + pki.clientCa() + "," + pki.serverCa());
    options.add("--spi-fapi-pack--start--consent-key-store=" + pki.bank());
    options.add("--spi-fapi-pack--start--consent-key-store-password=" + Pki.BANK_PASSWORD);
    return options;
  }
}
