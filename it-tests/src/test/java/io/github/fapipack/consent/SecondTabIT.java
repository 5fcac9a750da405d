package io.github.fapipack.consent;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same consent page in two tabs: one answer counts, and the other tab says so. */
class SecondTabIT {
  private static final String ACCOUNT = SampleUser.ACCOUNTS.get(0);

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client =
        TestClient.in(realm)
            .altering(
                registration ->
                    registration
                        .put("name", "Acorn Budget Planner")
                        .put("baseUrl", "https://acorn.example/start"))
            .register();
  }

  private static NamedValues good() {
    return new NamedValues().set("accept", "yes").set("choice-0", ACCOUNT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysThatItIsApprovedAlready(boolean reloaded) {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    FrontChannelAnswer other = visit.shown();
    assertThat(visit.approve(form -> form.set("choice-0", ACCOUNT)).granted()).hasSize(1);

    FrontChannelAnswer late =
        reloaded ? visit.browser().open(address(other)) : visit.browser().answer(other, good());

    assertThat(late.redirected()).as(late.toString()).isFalse();
    assertThat(late.last().status()).isEqualTo(200);
    assertThat(late.page().select("h1").text()).isEqualTo("Already approved");
    assertThat(late.words()).contains("You have approved this in another tab");
    assertThat(late.page().select("main a").eachAttr("href"))
        .containsExactly("https://acorn.example/start");
  }

  @Test
  void saysThatItIsRefusedAlready() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    FrontChannelAnswer other = visit.shown();
    visit.refuse().expectError("access_denied");

    FrontChannelAnswer late = visit.browser().answer(other, good());

    assertThat(late.redirected()).as(late.toString()).isFalse();
    assertThat(late.page().select("h1").text()).isEqualTo("Already refused");
    assertThat(late.parameter("code")).isNull();
  }

  @Test
  void countsTheFirstAnswerInWhicheverTab() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    FrontChannelAnswer first = visit.shown();
    FrontChannelAnswer second = visit.browser().open(address(first));
    assertThat(second.page().select("[name=accept]")).hasSize(1);

    assertThat(visit.browser().answer(first, good()).parameter("code")).isNotNull();
  }

  @Test
  void saysWhyAnAnswerDoesNotCount() {
    ConsentVisit visit = ConsentVisit.ask(realm, client, ConsentVisit.payment()).seesPage();
    FrontChannelAnswer other = visit.shown();
    visit.send(new NamedValues().set("accept", "yes")).seesPage();

    FrontChannelAnswer again = visit.browser().answer(other, good());

    assertThat(again.page().select("#fapi-problem").text()).contains("another tab");
    assertThat(visit.browser().answer(again, good()).parameter("code")).isNotNull();
  }

  private static URI address(FrontChannelAnswer page) {
    return URI.create(
        page.page()
            .selectFirst("form[action]")
            .absUrl("action")
            .replaceAll("session_code=[^&]*&", ""));
  }

  /** Look at the pictures in it-tests/target/screenshots. */
  @ParameterizedTest
  @CsvSource({"en,1280,900,LIGHT", "ar,390,844,LIGHT", "de,390,844,DARK"})
  void looksKindInTheOtherTab(String language, int width, int height, ColorScheme colours) {
    String suffix = language + "-" + width + (colours == ColorScheme.DARK ? "-dark" : "");
    try (PageVisitor visitor = PageVisitor.of(realm, language, width, height, colours)) {
      visitor.ask(client, ConsentVisit.list(ConsentVisit.payment()));
      Page other = visitor.page().context().newPage();
      other.navigate(visitor.page().url());
      assertThat(other.locator("[name=accept]")).isVisible();
      other.locator("[name=choice-0]").first().check();
      other.locator("[name=accept]").click();
      other.waitForURL(Pattern.compile("https://client\\.localhost/callback\\?.*code=.*"));

      visitor.page().locator("[name=choice-0]").first().check();
      visitor.page().locator("[name=accept]").click();

      assertThat(visitor.page().locator("#kc-info-message")).isVisible();
      visitor.picture("consent-answered-" + suffix);
      assertThat(visitor.barriers()).isEmpty();
      assertThat(visitor.complaints()).isEmpty();

      visitor.page().locator(".fapi-languages summary").click();
      visitor.page().locator(".fapi-languages a[lang=es]").click();
      assertThat(visitor.page().locator("h1")).hasText("Ya está aprobado");
      assertThat(visitor.page().locator("#kc-info-message")).containsText("otra pestaña");
    }
  }
}
