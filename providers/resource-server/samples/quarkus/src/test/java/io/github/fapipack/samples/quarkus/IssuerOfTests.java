package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The issuer of the tests, which starts before the application. */
public final class IssuerOfTests implements QuarkusTestResourceLifecycleManager {
  static final String API = "https://api.bank.example";

  private TestIssuer issuer;

  @Override
  public Map<String, String> start() {
    issuer = TestIssuer.start(API);
    return Map.of("fapi.issuer", issuer.issuer(), "fapi.resource", API);
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(issuer, new TestInjector.MatchesType(TestIssuer.class));
  }

  @Override
  public void stop() {
    issuer.close();
  }
}
