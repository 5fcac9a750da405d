package io.github.fapipack.resourceserver.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.fapipack.resourceserver.Demands;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule a request gets. */
class DemandRulesTest {
  private static final Demands ACCOUNTS = Demands.scopes("accounts");
  private static final Demands ADMIN = Demands.scopes("admin");
  private static final Demands PAYMENTS = Demands.scopes("payments");

  private static final DemandRules RULES =
      DemandRules.none()
          .on("GET /accounts/**", ACCOUNTS)
          .on("GET /accounts/admin", ADMIN)
          .on("* /accounts/*/closed", ADMIN)
          .on("POST /payments", PAYMENTS)
          .open("GET /health");

  @ParameterizedTest
  @ValueSource(strings = {"/accounts", "/accounts/1", "/accounts/1/balances", "/accounts/%C3%A9"})
  void twoStarsStandForAnyNumberOfSegments(String path) {
    assertThat(RULES.of("GET", path)).isEqualTo(new Route.Guarded(ACCOUNTS));
  }

  @Test
  void theRuleThatSaysMoreAppliesInWhateverOrder() {
    DemandRules reversed =
        DemandRules.none().on("GET /accounts/admin", ADMIN).on("GET /accounts/**", ACCOUNTS);

    assertThat(RULES.of("GET", "/accounts/admin")).isEqualTo(new Route.Guarded(ADMIN));
    assertThat(reversed.of("GET", "/accounts/admin")).isEqualTo(new Route.Guarded(ADMIN));
    assertThat(RULES.of("GET", "/accounts/7/closed")).isEqualTo(new Route.Guarded(ADMIN));
    assertThat(RULES.of("DELETE", "/accounts/7/closed")).isEqualTo(new Route.Guarded(ADMIN));
  }

  @Test
  void headDemandsWhatGetDemands() {
    assertThat(RULES.of("HEAD", "/accounts/1")).isEqualTo(new Route.Guarded(ACCOUNTS));
    assertThat(RULES.of("HEAD", "/payments")).isInstanceOf(Route.Unknown.class);
  }

  @Test
  void anOpenOperationDemandsNothing() {
    assertThat(RULES.of("GET", "/health")).isInstanceOf(Route.Open.class);
    assertThat(RULES.of("POST", "/health")).isInstanceOf(Route.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /payments",
    "get, /accounts",
    "GET, /account",
    "GET, /accountsx",
    "POST, /payments/1"
  })
  void whatHasNoRuleIsUnknown(String method, String path) {
    assertThat(RULES.of(method, path)).isInstanceOf(Route.Unknown.class);
  }

  @Test
  void othersPassOnlyWhereNoRuleHasThePath() {
    DemandRules lenient = RULES.othersPass();

    assertThat(lenient.of("GET", "/index.html")).isInstanceOf(Route.Open.class);
    assertThat(lenient.of("get", "/accounts")).isInstanceOf(Route.Unknown.class);
    assertThat(lenient.of("DELETE", "/payments")).isInstanceOf(Route.Unknown.class);
    assertThat(lenient.of("DELETE", "/PAYMENTS")).isInstanceOf(Route.Unknown.class);
    assertThat(lenient.of("POST", "/PAYMENTS")).isInstanceOf(Route.Ambiguous.class);
    assertThat(lenient.of("GET", "/index.html/")).isInstanceOf(Route.Ambiguous.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/accounts/ADMIN",
        "/Accounts/1",
        "/HEALTH",
        "/accounts/7/Closed",
        "/accounts/adm%C4%B1n"
      })
  void lettersOfAnotherCaseAreAmbiguous(String path) {
    assertThat(RULES.of("GET", path)).isInstanceOf(Route.Ambiguous.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "accounts",
        "//accounts",
        "/accounts//admin",
        "/accounts/admin/",
        "/accounts/.",
        "/accounts/../payments",
        "/accounts/x/../admin",
        "/accounts/..;/admin",
        "/accounts/admin;a=b",
        "/accounts;x/admin",
        "/accounts/%2e%2e/payments",
        "/accounts/.%2E/payments",
        "/accounts%2Fadmin",
        "/accounts%2fadmin",
        "/accounts/%61dmin",
        "/accounts/admin%3Bx",
        "/accounts/%252e%252e/payments",
        "/accounts/admin%00",
        "/accounts/admin%0a",
        "/accounts/admin%3Fx",
        "/accounts/admin%23x",
        "/accounts\\admin",
        "/accounts%5Cadmin",
        "/accounts/ad min",
        "/accounts/adm\u00efn",
        "/accounts/admin%",
        "/accounts/admin%4",
        "/accounts/%C0%AE%C0%AE/payments",
        "/accounts/%zz",
        "/accounts/admin?x",
        "/accounts/admin#x"
      })
  void aPathThatTwoProgramsReadDifferentlyIsAmbiguous(String path) {
    assertThat(RULES.of("GET", path)).isInstanceOf(Route.Ambiguous.class);
  }

  @Test
  void aPathHasALimit() {
    assertThat(RULES.of("GET", "/accounts/" + "a".repeat(5000)))
        .isInstanceOf(Route.Ambiguous.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET",
        "/accounts",
        "GET accounts",
        "GET /accounts/",
        "GET /a/**/b",
        "GET /a*",
        "GET /{id}",
        "GET /a/../b"
      })
  void aRuleThatNobodyCanMeetIsRefused(String operation) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DemandRules.none().on(operation, ACCOUNTS))
        .withMessageContaining(operation);
  }

  @Test
  void twoRulesForOneOperationAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RULES.on("POST /payments", ACCOUNTS))
        .withMessage("there are two rules for POST /payments");
  }
}
