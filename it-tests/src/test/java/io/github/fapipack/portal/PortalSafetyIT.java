package io.github.fapipack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a hostile member and a hostile stranger try at the pages of a directory. */
class PortalSafetyIT {
  private static final String ATTACK = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>";

  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  private static SchemeRealm scheme;

  /** A technical contact of the first organisation, and somebody of the other one. */
  private static PortalVisitor tess;

  private static PortalVisitor otto;
  private static PortalVisitor reader;
  private static PortalVisitor olga;
  private static String organisation;
  private static String software;
  private static String elsewhere;

  @BeforeAll
  static void makeOrganisations() {
    scheme = new SchemeRealm(realm).person("tess").person("otto").person("reader");
    olga = scheme.visitor(SchemeRealm.OPERATOR);
    organisation = "organisations/" + scheme.create(olga, "Acorn");
    String other = scheme.create(olga, "Other");
    elsewhere = "organisations/" + other;
    employ("tess", organisation.substring(14), "technical");
    employ("otto", other, "administrators");
    scheme.join("reader", organisation.substring(14));
    tess = scheme.visitor("tess");
    otto = scheme.visitor("otto");
    reader = scheme.visitor("reader");
    tess.fill(organisation + "/software", SchemeRealm.software("Budget"));
    software = "software/" + tess.id();
  }

  private static void employ(String name, String organisation, String duty) {
    String id = scheme.join(name, organisation);
    olga.open("organisations/" + organisation + "/people/" + id)
        .submit(new NamedValues().set("duties", duty));
  }

  @Test
  void takesNothingFromForeignPages() {
    NamedValues form = tess.open(software + "/edit").fields().set("name", "Forged");
    for (NamedValues forged :
        List.of(copy(form).set("stateChecker", null), copy(form).set("stateChecker", "x"))) {
      tess.post(software + "/edit", forged);
      assertThat(tess.status()).isEqualTo(403);
      assertThat(tess.words()).contains("This did not come from your page");
    }
    for (NamedValues headers :
        List.of(
            new NamedValues().set("Origin", "https://evil.example"),
            new NamedValues().set("Sec-Fetch-Site", "cross-site"),
            new NamedValues().set("Origin", "null").set("Sec-Fetch-Site", "same-site"))) {
      assertThat(tess.post(software + "/edit", copy(form), headers).status()).isEqualTo(403);
    }
    assertThat(tess.open(software).words()).doesNotContain("Forged");
    tess.open(software + "/certificate");
    tess.upload(new NamedValues().set("stateChecker", "x"), "a.csr", "text/plain", "x");
    assertThat(tess.status()).isEqualTo(403);
  }

  private static NamedValues copy(NamedValues values) {
    return NamedValues.parse(values.encode());
  }

  @Test
  void showsNobodyTheThingsOfOthers() {
    for (String page :
        List.of(
            organisation,
            organisation + "/edit",
            organisation + "/people",
            organisation + "/people/invite",
            organisation + "/proofs",
            organisation + "/keys",
            organisation + "/events",
            organisation + "/certificates",
            organisation + "/decide",
            software,
            software + "/edit",
            software + "/statement",
            software + "/certificate",
            software + "/keys/new",
            "certificates/1234",
            "organisations/%00",
            "software/" + "a".repeat(3000))) {
      assertThat(otto.open(page).status()).as(page).isBetween(400, 499);
      assertThat(otto.words()).as(page).doesNotContain("Acorn", "Budget");
    }
    String secret = otto.open("").open("apply").fields().get("stateChecker").orElseThrow();
    NamedValues form =
        SchemeRealm.software("Stolen").set("stateChecker", secret).set("version", "0");
    for (String page :
        List.of(software + "/edit", software + "/withdraw", organisation + "/software")) {
      assertThat(otto.post(page, copy(form)).status()).as(page).isIn(403, 404);
    }
    assertThat(tess.open(software).words()).contains("Budget").doesNotContain("Stolen");
  }

  @Test
  void aMemberWithoutDutiesSeesEverythingAndChangesNothing() {
    reader.open(organisation);
    assertThat(reader.words()).contains("Acorn", "Budget").doesNotContain("Add software", "Decide");
    assertThat(reader.open(software).words())
        .doesNotContain("Change details", "Order a certificate", "Add a key", "Withdraw");
    String secret = secret(reader);
    for (String page :
        List.of(
            software + "/edit",
            software + "/withdraw",
            organisation + "/software",
            software + "/keys/new",
            organisation + "/role",
            organisation + "/people/invite",
            organisation + "/edit")) {
      assertThat(reader.open(page).status()).as(page).isEqualTo(403);
      reader.post(
          page,
          SchemeRealm.software("X")
              .set("stateChecker", secret)
              .set("version", "0")
              .set("role", "payment-initiator")
              .set("email", "x@example.org")
              .set("number", "1")
              .set("country", "DE")
              .set("key", SchemeRealm.publicKey(Keys.ec())));
      assertThat(reader.status()).as(page + reader.words()).isEqualTo(403);
    }
  }

  private static String secret(PortalVisitor visitor) {
    return visitor.open("apply").fields().get("stateChecker").orElseThrow();
  }

  @Test
  void operatorPagesAreForOperatorsOnly() {
    for (String page : List.of("operator", "operator/organisations", "operator/certificates")) {
      assertThat(tess.open(page).status()).as(page).isEqualTo(404);
    }
    assertThat(tess.open(organisation + "/decide").status()).isEqualTo(403);
    String secret = secret(tess);
    for (String page :
        List.of(organisation + "/decide", organisation + "/decide-role", software + "/decide")) {
      tess.post(
          page,
          new NamedValues()
              .set("stateChecker", secret)
              .set("standing", "suspended")
              .set("role", "data-reader")
              .set("reason", "x")
              .set("version", "0"));
      assertThat(tess.status()).as(page).isEqualTo(403);
    }
    assertThat(tess.open("").words()).doesNotContain("To do");
  }

  @Test
  void takesOnlySmallPdfsAndNeverShowsThem() {
    tess.open(organisation + "/proofs/upload");
    upload("report.pdf", "application/pdf", "%PDF-1.7 " + "x".repeat(5 * 1024 * 1024));
    assertThat(tess.status()).isEqualTo(413);
    upload("report.pdf", "application/pdf", "<html><script>alert(1)</script>");
    assertThat(tess.status()).isEqualTo(400);
    upload("", "application/octet-stream", "");
    assertThat(tess.status()).isEqualTo(400);
    upload("..\\..\\etc/<script>x\u202Efdp.html", "text/html", "%PDF-1.7 <script>");
    assertThat(tess.status()).as(tess.words()).isEqualTo(200);
    assertThat(tess.words()).contains("The document has been uploaded").doesNotContain("etc/");
    assertThat(tess.page().select("main script")).isEmpty();

    tess.open(tess.page().selectFirst("main a[href$=/file]").absUrl("href"));
    assertThat(tess.last().header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(tess.last().header("Content-Disposition")).startsWith("attachment; filename=\"");
    assertThat(tess.last().header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(tess.last().header("Content-Security-Policy")).contains("sandbox");
    String file = tess.here();
    assertThat(otto.open(file).status()).isEqualTo(404);
    assertThat(olga.open("operator").words()).contains("script");
  }

  private static void upload(String name, String type, String content) {
    tess.open(organisation + "/proofs/upload");
    tess.upload(new NamedValues(), name, type, content);
  }

  @Test
  void neverTakesTextForMarkup() {
    tess.fill(
        organisation + "/software",
        SchemeRealm.software(ATTACK).set("description", ATTACK).set("softwareVersion", "1.0"));
    assertThat(tess.words()).contains(ATTACK);
    assertThat(tess.page().select("main img, script")).isEmpty();
    assertThat(tess.click("Change details").page().selectFirst("#name").val()).isEqualTo(ATTACK);
    assertThat(tess.page().select("main img, script")).isEmpty();
    assertThat(tess.open(organisation).words()).contains(ATTACK);
    assertThat(tess.page().select("main img, script")).isEmpty();
    olga.fill(
        elsewhere + "/decide-role?role=data-reader&standing=suspended",
        new NamedValues().set("reason", ATTACK));
    assertThat(olga.page().select("main img, script")).isEmpty();
    olga.open("operator/organisations?text=%3Cscript%3E%22");
    assertThat(olga.page().select("main script")).isEmpty();
    assertThat(olga.page().selectFirst("#search-text").val()).isEqualTo("<script>\"");
    for (String field : List.of("logoUri", "clientUri", "redirectUris")) {
      tess.fill(
          organisation + "/software",
          SchemeRealm.software("Addresses").set(field, "javascript:alert(1)"));
      assertThat(tess.status()).as(field).isEqualTo(400);
    }
  }

  @Test
  void isNotThereInARealmThatIsNoDirectory() {
    try (TestRealm bank = TestRealm.create("fapi2-security-profile")) {
      assertThat(new PortalVisitor(bank).open("").status()).isEqualTo(404);
      assertThat(new PortalVisitor(bank).open("operator").status()).isEqualTo(404);
      assertThat(new PortalVisitor(bank).open(bank.issuer() + "/account/fapi-scheme").words())
          .doesNotContain("Directory");
    }
  }
}
