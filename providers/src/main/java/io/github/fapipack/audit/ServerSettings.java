package io.github.fapipack.audit;

import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.keycloak.Config;
import org.keycloak.common.Profile;
import org.keycloak.common.Profile.Feature;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.services.x509.X509ClientCertificateLookup;

/** Checks options of the server that a realm cannot set. */
final class ServerSettings implements Check {

  private static final Set<String> TLS = Set.of("TLSv1.2", "TLSv1.3");
  private static final String PAR = "FAPI2-SP 5.3.2.2-2";
  private static final String TLS_CLAUSE = "FAPI2-SP 5.2.2-1";

  /** The providers of client certificates that use Keycloak's own listener. */
  private static final Set<String> LISTENER = Set.of("default", "quarkus");

  /** Fewer parameters would not be enough for a request object with its own claims and PKCE. */
  private static final int FEWEST_PARAMETERS = 20;

  private static final int SHORTEST_PARAMETER = 5_000;

  @Override
  public String id() {
    return "fapi-server";
  }

  @Override
  public String help() {
    return "The server is started with the options that FAPI needs.";
  }

  @Override
  public void check(RealmUnderAudit realm, Consumer<Finding> findings) {
    checkParameters(findings);
    checkTls(realm, findings);
    checkAddress(findings);
    checkFeatures(findings);
  }

  private void checkParameters(Consumer<Finding> findings) {
    OIDCProviderConfig limits =
        new OIDCProviderConfig(Config.scope("login-protocol", "openid-connect"));
    String option = "spi-login-protocol--openid-connect--add-req-params-";
    if (limits.getAdditionalReqParamsMaxNumber() < FEWEST_PARAMETERS) {
      warn(
          findings,
          PAR,
          option + "max-number",
          "the server drops a request's parameters beyond "
              + limits.getAdditionalReqParamsMaxNumber()
              + " additional ones",
          "40");
    }
    if (limits.getAdditionalReqParamsMaxSize() < SHORTEST_PARAMETER) {
      warn(
          findings,
          PAR,
          option + "max-size",
          "the server drops parameters that are longer than "
              + limits.getAdditionalReqParamsMaxSize()
              + " characters",
          "20000");
    }
    if (!limits.isAdditionalReqParamsFailFast(false)) {
      warn(
          findings,
          PAR,
          option + "fail-fast",
          "the server drops parameters beyond its limits without an error",
          "true");
    }
  }

  private void checkTls(RealmUnderAudit realm, Consumer<Finding> findings) {
    boolean behindProxy = option("proxy-headers") != null;
    boolean certificates =
        LISTENER.contains(
            realm
                .session()
                .getKeycloakSessionFactory()
                .getProviderFactory(X509ClientCertificateLookup.class)
                .getId());
    if (certificates) {
      checkListener(MutualTlsOffer.of(realm), behindProxy, findings);
    }
    if (behindProxy && !certificates && option("proxy-trusted-addresses") == null) {
      report(
          findings,
          Severity.WARNING,
          "RFC8705 2-1",
          "proxy-trusted-addresses",
          "client certificates are accepted in a header from any sender",
          "set it to the addresses of the proxies");
    }
    if (Boolean.parseBoolean(text("http-enabled")) && !behindProxy) {
      report(
          findings,
          Severity.ERROR,
          "FAPI2-SP 5.2.1-1",
          "http-enabled",
          "the server answers without TLS, and no proxy is set up in front of it",
          "switch it off, or set proxy-headers if a proxy terminates TLS");
    }
    if (!behindProxy
        && option("https-protocols") != null
        && !TLS.containsAll(Arrays.asList(text("https-protocols").split("\\s*,\\s*")))) {
      warn(
          findings,
          TLS_CLAUSE,
          "https-protocols",
          "the server speaks older versions of TLS",
          "TLSv1.3,TLSv1.2");
    }
    if (!behindProxy && option("https-cipher-suites") == null) {
      report(
          findings,
          Severity.WARNING,
          TLS_CLAUSE,
          "https-cipher-suites",
          "the server offers all cipher suites of its Java, also those that FAPI does not allow"
              + " with TLS 1.2",
          "list the suites that are allowed, or disable TLS 1.2 with https-protocols=TLSv1.3");
    }
  }

  /**
   * The listener's option is fixed when the server is built, and a plain start rebuilds it without
   * the option: a realm that offers mutual TLS then does not work, and no message says why.
   */
  private void checkListener(
      MutualTlsOffer offer, boolean behindProxy, Consumer<Finding> findings) {
    boolean asks = !Set.of("", "none").contains(text("https-client-auth").toLowerCase(Locale.ROOT));
    if (asks && !(behindProxy && offer.isMade())) {
      return;
    }
    String problem =
        asks
            ? "a proxy terminates TLS in front of the server, and does not forward client"
                + " certificates"
            : "the server asks clients for no certificate, so that mutual TLS cannot be used";
    String proxy = "--spi-x509cert-lookup--provider names how the proxy forwards certificates";
    report(
        findings,
        offer.severity(),
        "RFC8705 2-1",
        asks ? "spi-x509cert-lookup--provider" : "https-client-auth",
        problem + offer.consequence(),
        behindProxy
            ? "build it so that " + proxy + offer.alternative()
            : "run kc.sh build with --https-client-auth=request and start with --optimized, since"
                + " a plain start drops the option"
                + offer.alternative());
  }

  private void checkAddress(Consumer<Finding> findings) {
    if (option("hostname") == null) {
      report(
          findings,
          Severity.ERROR,
          "FAPI2-SP 5.3.2.1-1",
          "hostname",
          "the server takes its own name, and with it the issuer, from each request",
          "set it to the server's public https address");
    }
  }

  private void checkFeatures(Consumer<Finding> findings) {
    for (Feature feature : List.of(Feature.CLIENT_POLICIES, Feature.PAR, Feature.DPOP)) {
      if (!Profile.isFeatureEnabled(feature)) {
        report(
            findings,
            Severity.ERROR,
            PAR,
            "features-disabled",
            "the feature " + feature.getKey() + " is switched off",
            "build the server with it");
      }
    }
  }

  private void warn(
      Consumer<Finding> findings, String clause, String option, String problem, String value) {
    report(
        findings,
        Severity.WARNING,
        clause,
        option,
        problem,
        "start the server with --" + option + "=" + value);
  }

  private void report(
      Consumer<Finding> findings,
      Severity severity,
      String clause,
      String option,
      String problem,
      String remedy) {
    findings.accept(
        new Finding(
            severity,
            id(),
            clause,
            Where.of(Where.Kind.server, option),
            problem,
            remedy,
            List.of()));
  }

  private static String option(String name) {
    String value = Config.scope().root().get(name);
    return value == null || value.isBlank() ? null : value;
  }

  private static String text(String name) {
    String value = option(name);
    return value == null ? "" : value;
  }
}
