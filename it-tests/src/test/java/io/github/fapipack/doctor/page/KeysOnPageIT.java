package io.github.fapipack.doctor.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.DatedKeys;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys that end soon are shown at the top of the page. */
@ExtendWith(ServerLogOnFailure.class)
class KeysOnPageIT {
  private static WeakRealm realm;

  @BeforeAll
  static void registerClients() {
    realm = WeakRealm.create();
    client("ends-soon", 10);
    client("has-ended", -3);
    client("ends-late", 300);
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static void client(String clientId, int days) {
    ObjectNode client =
        Json.object()
            .put("clientId", clientId)
            .put("protocol", "openid-connect")
            .put("clientAuthenticatorType", "client-jwt");
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", DatedKeys.keySet(clientId, days));
    realm.admin().createClient(realm.name(), client);
  }

  @Test
  void marksWhatHasEndedAndWhatEndsWithinThirtyDays() {
    try (Visitor admin = Visitor.admin(realm.server(), realm.name() + "/keys?max=50")) {
      admin.sees("Keys and certificates");
      Locator ended = admin.row("has-ended");
      assertThat(ended.locator(".pf-m-red")).hasText("Ended");
      Locator soon = admin.row("ends-soon");
      assertThat(soon.locator(".pf-m-orange")).hasText("Ends soon");
      assertThat(soon).containsText("Days left: 10");
      assertThat(admin.row("ends-late").locator(".pf-m-red, .pf-m-orange")).hasCount(0);
      assertThat(admin.page().getByText("In use and ended: 1")).isVisible();
      assertThat(admin.row("The server (TLS)")).containsText("CN=localhost");
      assertThat(admin.row("This realm").first()).isVisible();
      assertThat(admin.page().locator("tbody tr").first()).containsText("has-ended");
      admin.picture("keys-light");

      admin.page().getByLabel("Whose").selectOption("client");
      assertThat(admin.row("This realm")).hasCount(0);
      admin.page().getByLabel("Ends within").selectOption("30");
      assertThat(admin.row("ends-late")).hasCount(0);
      assertThat(admin.page().getByText(Pattern.compile("^Found: 2$"))).isVisible();

      admin.link("ends-soon").click();
      admin.sees("ends-soon");
      assertThat(admin.complaints()).isEmpty();
    }
  }

  @Test
  void looksWellOnAPhoneInTheDark() {
    try (Visitor phone = Visitor.of(realm.server(), 390, 844, ColorScheme.DARK)) {
      phone.openAsAdmin(realm.name() + "/keys");
      assertThat(phone.row("has-ended")).isVisible();
      phone.picture("keys-phone-dark");
      assertThat(
              (Boolean)
                  phone
                      .page()
                      .evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isTrue();
    }
  }
}
