package io.github.fapipack.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people do at the pages of a directory. */
class PortalIT {
  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  private static SchemeRealm scheme;

  @BeforeAll
  static void makePeople() {
    scheme = new SchemeRealm(realm).person("mia").person("max");
  }

  @Test
  void sendsStrangersToTheLoginAndBackToThePageTheyAskedFor() {
    PortalVisitor visitor = new PortalVisitor(realm);

    visitor.open("apply");
    assertThat(visitor.page().select("[name=username]")).hasSize(1);
    visitor.fillInLogin("mia");

    assertThat(visitor.here()).isEqualTo(realm.issuer() + "/fapi-scheme/apply");
    assertThat(visitor.status()).isEqualTo(200);
    assertThat(visitor.words()).contains("Apply for an organisation");
    assertThat(visitor.last().header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(visitor.last().header("Cache-Control")).isEqualTo("no-store");
    assertThat(visitor.page().select("script, [style]")).isEmpty();
  }

  @Test
  void aRequiredActionIsDoneBeforeThePageIsShown() {
    scheme.person("nora").require("nora", "VERIFY_PROFILE", "UPDATE_PASSWORD");
    PortalVisitor nora = new PortalVisitor(realm).open("apply").fillInLogin("nora");
    assertThat(nora.page().select("[name=password-new]")).hasSize(1);

    nora.submitTo(
        new NamedValues()
            .set("password-new", realm.password())
            .set("password-confirm", realm.password()));

    assertThat(nora.here()).isEqualTo(realm.issuer() + "/fapi-scheme/apply");
    assertThat(nora.words()).contains("You are signed in as", "nora");
  }

  @Test
  void theEndOfALoginLeadsNowhereElse() {
    PortalVisitor mia = scheme.visitor("mia");
    String end = realm.issuer() + "/account/fapi-scheme";

    for (String path : new String[] {"//evil.example", "/..%2f..%2f", "/%0d%0ax", "/a;b"}) {
      mia.open(end + path + "?code=x&state=y");
      assertThat(mia.here()).as(path).startsWith(realm.issuer() + "/");
      assertThat(mia.status()).as(path).isLessThan(500);
    }
    assertThat(mia.open(end + "?error=invalid_request").status()).isEqualTo(400);
    assertThat(mia.open(end + "/apply?error=temporarily_unavailable").here())
        .isEqualTo(realm.issuer() + "/fapi-scheme/apply");
  }

  @Test
  void aMemberManagesEverythingOfAnOrganisation() throws Exception {
    PortalVisitor mia = scheme.visitor("mia");
    assertThat(mia.words()).contains("You do not belong to an organisation yet");
    mia.fill("apply", SchemeRealm.organisation("Acorn"));
    assertThat(mia.words()).contains("Your application has been sent", "Waiting for a decision");
    assertThat(mia.page().select("main a")).noneMatch(link -> link.text().equals("Decide"));
    String organisation = "organisations/" + mia.id();
    PortalVisitor olga = scheme.visitor(SchemeRealm.OPERATOR);
    activate(olga, organisation);

    mia.open(organisation).click("Add software").submit(SchemeRealm.software("Budget"));
    assertThat(mia.words()).contains("The software has been added", "https://acorn.example/back");
    String software = "software/" + mia.id();
    mia.click("Change details")
        .submit(new NamedValues().set("name", "Budget 2").set("softwareVersion", "2.0"));
    assertThat(mia.words()).contains("Your changes have been saved", "Budget 2", "2.0");

    String serial = order(mia, software);
    addsAndRevokesAKey(mia, software);
    showsAStatement(mia, software);
    mia.open("certificates/" + serial + "/revoke")
        .submit(new NamedValues().set("reason", "superseded"));
    assertThat(mia.words())
        .contains("The certificate has been revoked", "There is a new certificate");

    mia.open(organisation + "/events");
    assertThat(mia.words())
        .contains("Software: added", "Software: changed", "Certificate:", "Key: added", "mia");
    mia.open(software).click("Withdraw this software").submit(new NamedValues());
    assertThat(mia.words()).contains("The software has been withdrawn", "Withdrawn");
  }

  private static void activate(PortalVisitor olga, String organisation) {
    olga.open("operator");
    assertThat(olga.words()).contains("Acorn");
    olga.click("Acorn").click("Decide").click("Activate").submit(new NamedValues());
    assertThat(olga.words()).contains("Your decision has been saved", "Active");
    olga.open(organisation + "/decide-role?role=data-reader&standing=active")
        .submit(new NamedValues());
    assertThat(olga.words()).contains("Your decision has been saved");
  }

  private static String order(PortalVisitor mia, String software) throws CertificateException {
    KeyPair keys = Keys.ec();
    mia.open(software).click("Order a certificate");
    assertThat(mia.words()).contains("openssl req -new", "-subj \"/CN=" + software.substring(9));
    mia.upload(
        new NamedValues().set("use", "transport").set("request", SchemeRealm.request(keys)),
        "",
        "application/octet-stream",
        "");
    assertThat(mia.words()).contains("The certificate has been issued", "Transport");
    String serial = mia.id();
    mia.click("Download with the chain");
    assertThat(mia.last().header("Content-Disposition")).startsWith("attachment");
    X509Certificate[] chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(mia.last().body().getBytes(StandardCharsets.US_ASCII)))
            .toArray(X509Certificate[]::new);
    assertThat(chain[0].getPublicKey()).isEqualTo(keys.getPublic());
    assertThat(chain[0].getSerialNumber().toString(16)).isEqualTo(serial.replaceFirst("^0+", ""));
    assertThat(chain[0].getIssuerX500Principal()).isEqualTo(chain[1].getSubjectX500Principal());
    return serial;
  }

  private static void addsAndRevokesAKey(PortalVisitor mia, String software) {
    mia.open(software).click("Add a key").submit(new NamedValues().set("key", "nonsense"));
    assertThat(mia.status()).isEqualTo(400);
    assertThat(mia.page().selectFirst("#key").wholeText().strip()).isEqualTo("nonsense");
    assertThat(mia.page().select("#fapi-problem-key")).hasSize(1);

    mia.submit(new NamedValues().set("key", SchemeRealm.publicKey(Keys.ec())));
    assertThat(mia.words()).contains("The key has been added");
    mia.open(mia.page().selectFirst("a[aria-label^=Revoke the key]").absUrl("href"))
        .submit(new NamedValues());
    assertThat(mia.words()).contains("The key has been revoked", "Revoked");
  }

  private static void showsAStatement(PortalVisitor mia, String software) {
    mia.open(software).click("Show a software statement");
    String shown = mia.page().selectFirst("pre").text();
    assertThat(shown).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    mia.click("Download");
    assertThat(mia.last().header("Content-Type")).startsWith("application/jwt");
    assertThat(mia.last().header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void membersAreGivenDutiesAndRemoved() {
    PortalVisitor olga = scheme.visitor(SchemeRealm.OPERATOR);
    String organisation = scheme.create(olga, "People");
    String max = scheme.join("max", organisation);

    olga.open("organisations/" + organisation + "/people/" + max)
        .submit(new NamedValues().set("duties", "technical"));
    assertThat(olga.words()).contains("Your changes have been saved", "Technical contact");
    PortalVisitor visitor = scheme.visitor("max");
    visitor.open("organisations/" + organisation);
    assertThat(visitor.words()).contains("Add software").doesNotContain("Apply for a role");
    assertThat(visitor.open("organisations/" + organisation + "/people").words())
        .doesNotContain("Invite");

    olga.open("organisations/" + organisation + "/people/" + max)
        .click("Remove from the organisation")
        .submit(new NamedValues());
    assertThat(olga.words()).contains("The member has been removed");
    assertThat(visitor.open("organisations/" + organisation).status()).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidAtTheFieldAndNothingThatWasTypedIsLost() {
    PortalVisitor max = scheme.visitor("max");

    max.fill(
        "apply",
        SchemeRealm.organisation("Wrong").set("country", "Germany").set("number", "HRB 7"));

    assertThat(max.status()).isEqualTo(400);
    assertThat(max.page().selectFirst("#number").val()).isEqualTo("HRB 7");
    assertThat(max.page().selectFirst("#country").attr("aria-describedby"))
        .contains("fapi-problem-country");
    assertThat(max.page().select("#problems a[href=#country]")).hasSize(1);
    assertThat(max.page().select("[value=data-reader][checked]")).hasSize(1);
  }

  @Test
  void twoOperatorsAtOnceDoNotOverwriteEachOther() {
    PortalVisitor one = scheme.visitor(SchemeRealm.OPERATOR);
    PortalVisitor other = scheme.visitor(SchemeRealm.OPERATOR);
    String organisation = scheme.create(one, "Contested");

    one.open("organisations/" + organisation + "/edit");
    other
        .open("organisations/" + organisation + "/edit")
        .submit(new NamedValues().set("number", "HRB 2"));
    one.submit(new NamedValues().set("number", "HRB 3"));

    assertThat(one.status()).isEqualTo(409);
    assertThat(one.page().selectFirst("#number").val()).isEqualTo("HRB 3");
    assertThat(other.open("organisations/" + organisation).words()).contains("HRB 2");
    one.submit(new NamedValues()); // after having seen that somebody was faster
    assertThat(one.words()).contains("HRB 3");
  }

  @Test
  void theOperatorFindsOrganisationsAndCertificates() {
    PortalVisitor olga = scheme.visitor(SchemeRealm.OPERATOR);
    scheme.create(olga, "Zebra Needle");

    assertThat(olga.open("operator/organisations?text=needle&standing=active").words())
        .contains("Zebra Needle");
    assertThat(olga.open("operator/organisations?text=needle&standing=withdrawn").words())
        .contains("No organisation was found");
    assertThat(olga.open("operator/certificates?state=revoked&text=zzz&first=99999999").status())
        .isEqualTo(200);
  }
}
